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
            if (leasedUntil(permit) > nowMillis) {
                break;
            }
            if (expiry(permit) <= nowMillis) {
                expired.add(permit);
            }
        }
        return expired;
    }

    /** Has the grant sent again at the next occasion. */
    void sendAgain(Permit permit) {
        if (sent.remove(permit)) {
            unsent.add(permit);
        }
    }

    /** The grants to be sent now: never sent by this owner, or unreported for too long. */
    List<Permit> toSend(long nowMillis) {
        List<Permit> due = new ArrayList<>(unsent);
        for (Permit permit : sent) {
            if (resendAt(permit) > nowMillis) {
                break;
            }
            due.add(permit);
        }
        return due;
    }

    /** A grant is being sent. */
    void sent(Permit permit, long nowMillis) {
        unsent.remove(permit);
        sent.remove(permit);
        permit.sentAtMillis = nowMillis;
        sent.add(permit);
    }

    /** When {@link #toSend} is not empty; {@link RequestWindow#NEVER} when every grant was reported as used. */
    long nextToSend() {
        return first(unsent).or(() -> first(sent)).map(this::sendAt).orElse(RequestWindow.NEVER);
    }

    /** When a grant is to be sent, the distant past if it is overdue; {@link RequestWindow#NEVER} for other permits. */
    long sendAt(Permit permit) {
        if (unsent.contains(permit)) {
            return Long.MIN_VALUE;
        }
        return sent.contains(permit) ? resendAt(permit) : RequestWindow.NEVER;
    }

    /** When the next lease expires; {@link RequestWindow#NEVER} when none is out. */
    long nextExpiry() {
        long next = RequestWindow.NEVER;
        for (Permit permit : byGrant) {
            next = Math.min(next, expiry(permit));
            if (expiry(permit) == leasedUntil(permit)) {
                break;
            }
        }
        return next;
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

    /** Grows in the order of grant. */
    private long leasedUntil(Permit permit) {
        return Saturating.add(grantedAt(permit), leaseMillis);
    }

    /** Nobody can report the use of a grant that is held back. */
    private long expiry(Permit permit) {
        boolean isUnreported = permit.state() instanceof PermitState.Granted;
        long held = Saturating.add(permit.heldMillis, leaseMillis);
        return isUnreported ? Math.max(held, leasedUntil(permit)) : leasedUntil(permit);
    }

    private long resendAt(Permit permit) {
        return Saturating.add(permit.sentAtMillis, resendMillis);
    }

    private static Optional<Permit> first(Set<Permit> permits) {
        Iterator<Permit> all = permits.iterator();
        return all.hasNext() ? Optional.of(all.next()) : Optional.empty();
    }
}
