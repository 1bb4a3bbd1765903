package dev.weir.admission;

import dev.weir.admission.PermitState.Granted;
import dev.weir.admission.PermitState.Queued;
import dev.weir.admission.PermitState.Settled;
import dev.weir.admission.PermitState.Started;
import dev.weir.permit.LeaseKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The permits of a scope and what they occupy: a place in line, a lease, a slot in the window. All of that follows from
 * a permit's state alone, so that a book rebuilt from the log holds the same. Every change is logged.
 */
final class PermitBook {
    private final String scope;
    private final PermitLog log;
    private final long leadMillis;
    private final Map<LeaseKey, Permit> permits = new HashMap<>();
    private final Line line;
    private final Deque<Permit> settled = new ArrayDeque<>();
    private final List<Permit> restoredLeases = new ArrayList<>();
    private final List<Permit> restoredInLine = new ArrayList<>();
    private final Leases leases;
    private final Quota quota;
    private long arrivals;

    PermitBook(String scope, AdmissionSettings settings, PermitLog log, Quota quota) {
        this.scope = scope;
        this.line = new Line(settings);
        this.leadMillis = settings.lead().toMillis();
        this.log = log;
        this.leases = quota.leases();
        this.quota = quota;
    }

    Optional<Permit> find(LeaseKey key) {
        return Optional.ofNullable(permits.get(key));
    }

    /** Whether a permit is granted and not over. */
    boolean isOut(LeaseKey key) {
        return find(key)
                .filter(permit -> permit.state() instanceof Granted || permit.state() instanceof Started)
                .isPresent();
    }

    /** What an origin's older epochs hold, calls that are over left out. */
    List<Permit> olderThan(int origin, long epoch) {
        return permits.values().stream()
                .filter(permit -> permit.key.origin() == origin && permit.entry.askEpoch() < epoch)
                .filter(permit -> !(permit.state() instanceof Settled))
                .toList();
    }

    Line line() {
        return line;
    }

    /** The number of the next arrival in this scope. */
    long nextArrival() {
        return ++arrivals;
    }

    /** A permit that was unknown. */
    void add(LeaseKey key, PermitEntry entry, long nowMillis) {
        Permit permit = new Permit(key, entry);
        permits.put(key, permit);
        occupy(null, entry.state());
        stand(permit, nowMillis);
        log.put(scope, key, entry);
    }

    /** Moves a permit to another state. */
    void become(Permit permit, PermitEntry next, long nowMillis) {
        leave(permit);
        occupy(permit.state(), next.state());
        permit.entry = next;
        stand(permit, nowMillis);
        log.put(scope, permit.key, next);
    }

    /** Gives a permit another owner where it stands. */
    void own(Permit permit, long epoch) {
        if (permit.entry.askEpoch() != epoch) {
            permit.entry = permit.entry.ownedBy(epoch);
            log.put(scope, permit.key, permit.entry);
        }
    }

    /** Removes a permit; what it started stays in the window. */
    void forget(Permit permit) {
        leave(permit);
        occupy(permit.state(), null);
        permits.remove(permit.key);
        log.delete(scope, permit.key);
    }

    /** Removes the settled permits that count in no window any more. */
    void forgetWhatLeftTheWindow(long nowMillis) {
        Permit oldest = settled.peek();
        while (oldest != null && leavesWindowAt(oldest) <= nowMillis) {
            settled.remove();
            permits.remove(oldest.key);
            log.delete(scope, oldest.key);
            oldest = settled.peek();
        }
    }

    /** When {@link #forgetWhatLeftTheWindow} has work. */
    long nextToForget() {
        Permit oldest = settled.peek();
        return oldest == null ? RequestWindow.NEVER : leavesWindowAt(oldest);
    }

    /** Takes back one stored permit; a time ahead of this clock was written by another clock and counts as now. */
    void restore(LeaseKey key, PermitEntry stored, long nowMillis) {
        PermitState state = notAfter(nowMillis, stored.state());
        Permit permit = new Permit(key, stored.with(state));
        permits.put(key, permit);
        occupy(null, state);
        if (state instanceof Queued queued) {
            arrivals = Math.max(arrivals, queued.arrival());
            restoredInLine.add(permit);
        } else if (state instanceof Settled) {
            settled.add(permit);
        } else {
            if (state instanceof Granted granted) {
                permit.notBeforeMillis = Saturating.add(granted.atMillis(), leadMillis);
                permit.heldMillis = nowMillis;
            }
            restoredLeases.add(permit);
        }
    }

    /** Everything was taken back. */
    void restored() {
        leases.addInOrder(restoredLeases);
        restoredLeases.clear();
        restoredInLine.forEach(line::addRestored);
        restoredInLine.clear();
    }

    private long leavesWindowAt(Permit over) {
        return over.state() instanceof Settled state
                ? quota.freeAt(state.startMillis(), state.tokens())
                : Long.MIN_VALUE;
    }

    private void stand(Permit permit, long nowMillis) {
        if (permit.state() instanceof Queued) {
            line.add(permit, nowMillis);
        } else if (permit.state() instanceof Settled) {
            settled.add(permit);
        } else {
            leases.add(permit);
        }
    }

    private void leave(Permit permit) {
        if (permit.state() instanceof Queued) {
            line.remove(permit);
        } else if (permit.state() instanceof Settled) {
            settled.remove(permit);
        } else {
            leases.remove(permit);
        }
    }

    /** Moves a slot of the window along: a start, once known, stays until its time is over. */
    private void occupy(@Nullable PermitState from, @Nullable PermitState to) {
        occupyTokens(from, to);
        boolean wasOpen = from instanceof Granted;
        Long was = startOf(from);
        Long is = startOf(to);
        if (wasOpen && is != null) {
            quota.requests().started(is);
        } else if (wasOpen && !(to instanceof Granted)) {
            quota.requests().returned();
        } else if (was == null && is != null) {
            quota.requests().occupy(is);
        } else if (!wasOpen && to instanceof Granted) {
            quota.requests().grant();
        }
    }

    /** Moves tokens along in the same way. */
    private void occupyTokens(@Nullable PermitState from, @Nullable PermitState to) {
        Long was = startOf(from);
        Long is = startOf(to);
        if (from instanceof Granted granted) {
            quota.tokens().release(granted.tokens());
        } else if (from != null && was != null && is != null) {
            quota.tokens().remove(was, from.tokens());
        }
        if (to instanceof Granted granted) {
            quota.tokens().reserve(granted.tokens());
        } else if (to != null && is != null) {
            quota.tokens().add(is, to.tokens());
        }
    }

    private static @Nullable Long startOf(@Nullable PermitState state) {
        if (state instanceof Started started) {
            return started.startMillis();
        }
        return state instanceof Settled over ? (Long) over.startMillis() : null;
    }

    private static PermitState notAfter(long nowMillis, PermitState state) {
        if (state instanceof Granted granted) {
            return new Granted(Math.min(granted.atMillis(), nowMillis), granted.tokens(), granted.demand());
        }
        if (state instanceof Started started) {
            return new Started(
                    Math.min(started.grantedAtMillis(), nowMillis),
                    Math.min(started.startMillis(), nowMillis),
                    started.tokens(),
                    started.demand());
        }
        return state instanceof Settled over
                ? new Settled(Math.min(over.startMillis(), nowMillis), over.tokens())
                : state;
    }
}
