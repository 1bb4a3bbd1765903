package dev.weir.admission;

import dev.weir.admission.PermitState.Queued;
import dev.weir.event.Priority;
import dev.weir.permit.LeaseKey;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

    private static final String PASSED = "passed";
    private static final String PACES = "paces";
    private static final String LEAD = "lead";

    private final Line line;
    private final Quota quota;
    private final TokenEstimates estimates;
    private Lead lead;
    private @Nullable LeaseKey passed;
    private boolean unremembered;
    private long[] rememberedPaces = {};
    private long rememberedLead;
    private long overtakingUntilMillis;
    private long mayOvertake;

    /**
     * Chooses from that line.
     *
     * @param lead how long before its slot is free a permit may be granted, for now
     */
    Chooser(Line line, Quota quota, TokenEstimates estimates, Lead lead) {
        this.lead = lead;
        this.rememberedLead = lead.micros();
        this.line = line;
        this.quota = quota;
        this.estimates = estimates;
    }

    /** Who is granted now, of those lanes. */
    Optional<Permit> next(int lanes, long nowMillis) {
        line.callBack();
        Optional<Permit> next = nextOf(lanes, nowMillis);
        return next.isPresent() || !quota.keepsReserve() ? next : nextUrgent(lanes, nowMillis);
    }

    private Optional<Permit> nextOf(int lanes, long nowMillis) {
        Optional<Permit> head = line.peek(lanes);
        while (head.isPresent()) {
            if (isReady(head.get(), nowMillis)) {
                return line.aside() == 0 ? head : head.filter(this::passes);
            }
            if (binding(head.get(), nowMillis) != Binding.TOKENS) {
                return Optional.empty();
            }
            setAside(head.get(), nowMillis);
            head = mayLookFurther(nowMillis) ? line.peek(lanes) : Optional.empty();
        }
        return Optional.empty();
    }

    private Optional<Permit> nextUrgent(int lanes, long nowMillis) {
        return line.peek(lanes & Lanes.URGENT).filter(permit -> isReady(permit, nowMillis));
    }

    /** What is reserved for a call that waits. */
    long reservation(Queued queued) {
        return quota.countsTokens() ? quota.reservation(isUrgent(queued), estimates.reservation(queued.demand())) : 0;
    }

    /** What forbids the grant of whoever is first in line. */
    Binding binding(int lanes, long nowMillis) {
        return first(lanes)
                .map(permit -> {
                    Binding window = binding(permit, nowMillis);
                    return window == Binding.NONE ? quota.pace(isUrgent(permit), nowMillis) : window;
                })
                .orElse(Binding.NONE);
    }

    /** When somebody may be granted: now, later, or never without an event. */
    long nextAt(int lanes, long nowMillis) {
        long room = startsAt(lanes, nowMillis);
        return room == RequestWindow.NEVER ? room : Math.max(nowMillis, room - lead.millis());
    }

    /** When the call of whoever is granted next may start: now, later, or never without an event. */
    long startsAt(int lanes, long nowMillis) {
        long first = first(lanes).map(permit -> startsAt(permit, nowMillis)).orElse(RequestWindow.NEVER);
        long passing = line.peek(lanes)
                .filter(permit -> mayLookFurther(nowMillis) && reservation(permit) <= mayOvertake)
                .map(permit -> startsAt(permit, nowMillis))
                .orElse(RequestWindow.NEVER);
        long urgent = !quota.keepsReserve()
                ? RequestWindow.NEVER
                : line.peek(lanes & Lanes.URGENT)
                        .map(permit -> startsAt(permit, nowMillis))
                        .orElse(RequestWindow.NEVER);
        return Math.min(urgent, Math.min(first, passing));
    }

    /** A permit is about to be granted: when its call may start. */
    long grant(Permit permit, long nowMillis) {
        long start = startsAt(permit, nowMillis);
        quota.granted(isUrgent(permit), reservation(permit), start, nowMillis);
        return start;
    }

    /** The call of a grant was made, and was ready so long before it might be, if that is known. */
    void started(Permit permit, long grantMillis, @Nullable Long spareMillis) {
        boolean wentAtOnce = permit.sentAtMillis <= grantMillis && permit.heldMillis == Long.MIN_VALUE;
        if (spareMillis != null && wentAtOnce) {
            long ahead = permit.notBeforeMillis - grantMillis;
            lead = lead.after(Saturating.subtract(ahead, spareMillis));
        }
    }

    private boolean isReady(Permit permit, long nowMillis) {
        return startsAt(permit, nowMillis) <= Saturating.add(nowMillis, lead.millis());
    }

    /** Has what may pass the first one set aside remembered, if that has changed since the last call. */
    void remember(String scope, PermitLog log) {
        LeaseKey key = passed;
        if (unremembered && key != null) {
            log.remember(
                    scope, PASSED, key.origin(), key.offset(), key.tryNumber(), overtakingUntilMillis, mayOvertake);
        }
        unremembered = false;
        long[] paces = quota.paces();
        if (!Arrays.equals(paces, rememberedPaces)) {
            rememberedPaces = paces;
            log.remember(scope, PACES, paces);
        }
        if (lead.micros() != rememberedLead) {
            rememberedLead = lead.micros();
            log.remember(scope, LEAD, rememberedLead);
        }
    }

    /** Takes back what was remembered, if it is of this kind. */
    void restore(String what, long nowMillis, long... numbers) {
        if (what.equals(PACES)) {
            quota.restorePaces(nowMillis, numbers);
        } else if (what.equals(LEAD)) {
            lead = new Lead(Math.min(numbers[0], lead.mostMicros()), lead.mostMicros());
            rememberedLead = lead.micros();
        } else if (what.equals(PASSED)) {
            passed = new LeaseKey((int) numbers[0], numbers[1], (int) numbers[2]);
            overtakingUntilMillis = numbers[3];
            mayOvertake = numbers[4];
        }
    }

    private Optional<Permit> first(int lanes) {
        return line.firstAside().or(() -> line.peek(lanes));
    }

    private boolean mayLookFurther(long nowMillis) {
        return line.aside() < MOST_ASIDE && nowMillis < overtakingUntilMillis && mayOvertake > 0;
    }

    private boolean passes(Permit permit) {
        long tokens = reservation(permit);
        boolean may = tokens <= mayOvertake;
        mayOvertake -= may ? tokens : 0;
        unremembered |= may;
        return may;
    }

    private void setAside(Permit permit, long nowMillis) {
        if (line.aside() == 0 && !permit.key.equals(passed)) {
            passed = permit.key;
            unremembered = true;
            overtakingUntilMillis = Saturating.add(nowMillis, OVERTAKING_MILLIS);
            mayOvertake = quota.tokenLimit() / OVERTAKING_SHARE;
        }
        line.setAside(permit);
    }

    private Binding binding(Permit permit, long nowMillis) {
        return quota.binding(isUrgent(permit), reservation(permit), nowMillis);
    }

    private long startsAt(Permit permit, long nowMillis) {
        return quota.startsAt(isUrgent(permit), reservation(permit), nowMillis);
    }

    private long reservation(Permit permit) {
        return reservation(ReleaseOrder.queued(permit));
    }

    private static boolean isUrgent(Permit permit) {
        return isUrgent(ReleaseOrder.queued(permit));
    }

    private static boolean isUrgent(Queued queued) {
        return queued.priority().compareTo(Priority.HIGH) <= 0;
    }
}
