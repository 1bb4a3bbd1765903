package dev.weir.admission;

import java.time.Duration;

/**
 * How long before its slot is free a permit is granted: as long as nearly all calls needed from grant to readiness
 * lately, so that no part of the window is lost to that, and no longer, for whoever comes later may be more urgent. A
 * quantile by stochastic approximation (Robbins and Monro, 1951): a call that needs more makes it longer, any other a
 * little shorter.
 *
 * @param micros the lead, microseconds
 * @param mostMicros what it is at most
 */
record Lead(long micros, long mostMicros) {
    private static final long MICROS = 1_000;
    private static final long FIRST_MICROS = 100 * MICROS;
    private static final long LEAST_MICROS = 10 * MICROS;
    private static final long STEP_MICROS = 2 * MICROS;
    /** One call in so many may need more. */
    private static final long SHARE = 20;

    /** What it is before anything is known. */
    static Lead atMost(Duration most) {
        long mostMicros = most.toMillis() * MICROS;
        return new Lead(Math.min(FIRST_MICROS, mostMicros), mostMicros);
    }

    long millis() {
        return micros / MICROS;
    }

    /** After a call that was ready so long after its grant. */
    Lead after(long neededMillis) {
        long next = micros + (neededMillis > millis() ? STEP_MICROS : -STEP_MICROS / (SHARE - 1));
        return new Lead(Math.min(mostMicros, Math.max(LEAST_MICROS, next)), mostMicros);
    }
}
