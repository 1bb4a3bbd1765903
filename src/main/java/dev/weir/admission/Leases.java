package dev.weir.admission;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The permits that are out, in order of grant; of these, the grants not reported as used, in order of sending. */
final class Leases {
    private final long leaseMillis;
    private final long resendMillis;
    private final Set<Permit> byGrant = new LinkedHashSet<>();
    private final Set<Permit> unsent = new LinkedHashSet<>();
    private final Set<Permit> sent = new LinkedHashSet<>();

    Leases(long leaseMillis, long resendMillis) {
        this.leaseMillis = leaseMillis;
        this.resendMillis = resendMillis;
    }

    /** How many are out. */
    int size() {
        return byGrant.size();
    }

    void add(Permit permit) {
        byGrant.add(permit);
        if (permit.state() instanceof PermitState.Granted) {
            unsent.add(permit);
        }
    }

    void remove(Permit permit) {
        byGrant.remove(permit);
        unsent.remove(permit);
        sent.remove(permit);
    }

    /** Adds many that were read in no order. */
    void addInOrder(List<Permit> permits) {
        permits.stream()
                .sorted(Comparator.comparingLong(Leases::grantedAt).thenComparing(permit -> permit.key.toString()))
                .forEach(this::add);
    }

    /** Those that were never settled in time. */
    List<Permit> expired(long nowMillis) {
        List<Permit> expired = new ArrayList<>();
        for (Permit permit : byGrant) {
            if (expiry(permit) > nowMillis) {
                break;
            }
            expired.add(permit);
        }
        return expired;
    }

    /** Has the grant sent again at the next occasion. */
    void sendAgain(Permit permit) {
        if (sent.remove(permit)) {
            unsent.add(permit);
        }
    }

    /** Takes the grants to be sent now: never sent by this owner, or unreported for too long. */
    List<Permit> takeUnsent(long nowMillis) {
        List<Permit> due = new ArrayList<>(unsent);
        unsent.clear();
        for (Permit permit : sent) {
            if (resendAt(permit) > nowMillis) {
                break;
            }
            due.add(permit);
        }
        for (Permit permit : due) {
            sent.remove(permit);
            permit.sentAtMillis = nowMillis;
            sent.add(permit);
        }
        return due;
    }

    /** When the next lease expires or the next grant is to be sent again; {@link RequestWindow#NEVER} when none is. */
    long nextDue() {
        if (!unsent.isEmpty()) {
            return Long.MIN_VALUE;
        }
        long expiry = first(byGrant).map(this::expiry).orElse(RequestWindow.NEVER);
        long resend = first(sent).map(this::resendAt).orElse(RequestWindow.NEVER);
        return Math.min(expiry, resend);
    }

    /** When a permit that is out was granted. */
    static long grantedAt(Permit permit) {
        if (permit.state() instanceof PermitState.Granted granted) {
            return granted.atMillis();
        }
        if (permit.state() instanceof PermitState.Started started) {
            return started.grantedAtMillis();
        }
        throw new IllegalStateException(permit + " is not out");
    }

    private long expiry(Permit permit) {
        return Saturating.add(grantedAt(permit), leaseMillis);
    }

    private long resendAt(Permit permit) {
        return Saturating.add(permit.sentAtMillis, resendMillis);
    }

    private static Optional<Permit> first(Set<Permit> permits) {
        Iterator<Permit> all = permits.iterator();
        return all.hasNext() ? Optional.of(all.next()) : Optional.empty();
    }
}
