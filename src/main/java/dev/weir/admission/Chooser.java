package dev.weir.admission;

import dev.weir.admission.PermitState.Queued;
import dev.weir.event.Priority;
import java.util.Optional;

/**
 * Chooses who is granted next. One that is too large for the tokens left is set aside; for a while smaller ones may
 * pass it, then all wait until it fits. So it waits at most {@link #OVERTAKING_MILLIS}, a minute and the guard in the
 * first place, and they wait no longer than it. Threading: owned by one stream thread.
 */
final class Chooser {
    /** For so long may smaller ones pass a request that is too large for now. */
    static final long OVERTAKING_MILLIS = 15_000;
    /** So much of the window may they take: one over that. */
    private static final int OVERTAKING_SHARE = 4;
    /** So many may be set aside at once. */
    private static final int MOST_ASIDE = 8;

    private final Line line;
    private final Quota quota;
    private final long leadMillis;
    private final TokenEstimates estimates;
    private long overtakingUntilMillis;
    private long mayOvertake;

    /**
     * Chooses from that line.
     *
     * @param leadMillis how long before its slot is free a permit may be granted
     */
    Chooser(Line line, Quota quota, TokenEstimates estimates, long leadMillis) {
        this.leadMillis = leadMillis;
        this.line = line;
        this.quota = quota;
        this.estimates = estimates;
    }

    /** Who is granted now. */
    Optional<Permit> next(long nowMillis) {
        Optional<Permit> first = line.firstAside();
        if (first.isPresent() && !headIsAhead() && isReady(first.get(), nowMillis)) {
            line.callBack();
            return first;
        }
        while (headIsAhead() || mayLookFurther(nowMillis)) {
            Optional<Permit> head = line.peek();
            if (head.isEmpty()) {
                return head;
            }
            if (isReady(head.get(), nowMillis)) {
                return headIsAhead() ? head : head.filter(this::passes);
            }
            if (binding(head.get(), nowMillis) != Binding.TOKENS || line.aside() == MOST_ASIDE) {
                return Optional.empty();
            }
            setAside(head.get(), nowMillis);
        }
        return Optional.empty();
    }

    /** What is reserved for such a call. */
    long reservation(Demand demand) {
        return quota.countsTokens() ? quota.reservation(estimates.reservation(demand)) : 0;
    }

    /** What forbids the grant of whoever is first in line. */
    Binding binding(long nowMillis) {
        return first().map(permit -> binding(permit, nowMillis)).orElse(Binding.NONE);
    }

    /** When somebody may be granted: now, later, or never without an event. */
    long nextAt(long nowMillis) {
        long first = line.firstAside().map(permit -> roomAt(permit, nowMillis)).orElse(RequestWindow.NEVER);
        boolean looks = headIsAhead() || mayLookFurther(nowMillis);
        long head = line.peek()
                .filter(permit -> looks && (headIsAhead() || reservation(permit) <= mayOvertake))
                .map(permit -> roomAt(permit, nowMillis))
                .orElse(RequestWindow.NEVER);
        long room = Math.min(first, head);
        return room == RequestWindow.NEVER ? room : Math.max(nowMillis, room - leadMillis);
    }

    /** When the call of a permit that is granted now may start. */
    long notBefore(Permit permit, long nowMillis) {
        return roomAt(permit, nowMillis);
    }

    private boolean isReady(Permit permit, long nowMillis) {
        return roomAt(permit, nowMillis) <= Saturating.add(nowMillis, leadMillis);
    }

    private Optional<Permit> first() {
        return headIsAhead() ? line.peek() : line.firstAside();
    }

    /** Whether the head of the line is before all that were set aside. */
    private boolean headIsAhead() {
        Optional<Permit> first = line.firstAside();
        Optional<Permit> head = line.peek();
        return first.isEmpty() || (head.isPresent() && line.isBefore(head.get(), first.get()));
    }

    private boolean mayLookFurther(long nowMillis) {
        return line.aside() < MOST_ASIDE && nowMillis < overtakingUntilMillis && mayOvertake > 0;
    }

    private boolean passes(Permit permit) {
        long tokens = reservation(permit);
        boolean may = tokens <= mayOvertake;
        mayOvertake -= may ? tokens : 0;
        return may;
    }

    private void setAside(Permit permit, long nowMillis) {
        if (line.aside() == 0) {
            overtakingUntilMillis = Saturating.add(nowMillis, OVERTAKING_MILLIS);
            mayOvertake = quota.tokenLimit() / OVERTAKING_SHARE;
        }
        line.setAside(permit);
    }

    private Binding binding(Permit permit, long nowMillis) {
        return quota.binding(isUrgent(permit), reservation(permit), nowMillis);
    }

    private long roomAt(Permit permit, long nowMillis) {
        return quota.roomAt(isUrgent(permit), reservation(permit), nowMillis);
    }

    private long reservation(Permit permit) {
        return reservation(queued(permit).demand());
    }

    private static boolean isUrgent(Permit permit) {
        return queued(permit).priority().compareTo(Priority.HIGH) <= 0;
    }

    private static Queued queued(Permit permit) {
        if (permit.state() instanceof Queued queued) {
            return queued;
        }
        throw new IllegalStateException(permit + " is not queued");
    }
}
