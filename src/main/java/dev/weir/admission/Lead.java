package dev.weir.admission;

import java.time.Duration;

/**
 * How long before its slot is free a permit is granted: as long as nearly all calls took from grant to start lately, so
 * that no part of the window is lost to that, and no longer, for whoever comes later may be more urgent. A quantile by
 * stochastic approximation (Robbins and Monro, 1951): a call that the lead was too short for makes it longer, any other
 * a little shorter.
 *
 * @param micros the lead, microseconds
 * @param mostMicros what it is at most
 */
record Lead(long micros, long mostMicros) {
    private static final long MICROS = 1_000;
    private static final long FIRST_MICROS = 100 * MICROS;
    private static final long LEAST_MICROS = 20 * MICROS;
    private static final long STEP_MICROS = 5 * MICROS;
    /** One call in so many may find the lead too short. */
    private static final long TOO_SHORT_SHARE = 100;
    /** So late is on time: the report of a start has a way of its own. */
    private static final long ON_TIME_MILLIS = 5;

    /** What it is before anything is known. */
    static Lead atMost(Duration most) {
        long mostMicros = most.toMillis() * MICROS;
        return new Lead(Math.min(FIRST_MICROS, mostMicros), mostMicros);
    }

    long millis() {
        return micros / MICROS;
    }

    /** After a call that was granted, might start, and did start at those times. */
    Lead after(long grantMillis, long notBeforeMillis, long startMillis) {
        boolean isLate = startMillis - notBeforeMillis > ON_TIME_MILLIS;
        boolean isTooShort = isLate && startMillis - grantMillis > millis() + ON_TIME_MILLIS;
        long next = micros + (isTooShort ? STEP_MICROS : -STEP_MICROS / (TOO_SHORT_SHARE - 1));
        return new Lead(Math.min(mostMicros, Math.max(LEAST_MICROS, next)), mostMicros);
    }
}
