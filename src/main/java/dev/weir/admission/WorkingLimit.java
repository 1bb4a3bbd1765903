package dev.weir.admission;

/**
 * What is believed of one limit of the server: a refusal lowers it at once to what had passed, and it recovers up to
 * the configured ceiling, slowly at first, where the server's own limit is likely to be; what the server tells of its
 * limit holds for as long as it was told lately.
 *
 * @param loweredTo what it was lowered to, 0 when it never was
 * @param loweredMillis when
 * @param told what the server told last, 0 when it never did
 * @param toldMillis when
 */
record WorkingLimit(long loweredTo, long loweredMillis, long told, long toldMillis) {
    /** Nothing but the ceiling is known. */
    static final WorkingLimit NONE = new WorkingLimit(0, 0, 0, 0);

    /** After the n-th of these it is raised by n hundredths of the ceiling, at least by n. */
    static final long STEP_MILLIS = 20_000;

    private static final long TOLD_HOLDS_MILLIS = 600_000;
    private static final long STEPS = 100;
    /** Enough to come from nothing to any ceiling. */
    private static final long MOST_STEPS = 100_000;

    /** The limit at a time, 0 for none: at least one, at most the ceiling. */
    long at(long ceiling, long nowMillis) {
        if (ceiling == 0) {
            return 0;
        }
        long limit = ceiling;
        if (told > 0 && Saturating.subtract(nowMillis, toldMillis) < TOLD_HOLDS_MILLIS) {
            limit = Math.min(limit, told);
        }
        if (loweredTo > 0) {
            long steps = Math.max(0, Saturating.subtract(nowMillis, loweredMillis)) / STEP_MILLIS;
            long few = Math.min(MOST_STEPS, steps);
            limit = Math.min(limit, loweredTo + few * (few + 1) / 2 * Math.max(1, ceiling / STEPS));
        }
        return Math.max(1, limit);
    }

    /** After the server told its limit. */
    WorkingLimit told(long limit, long nowMillis) {
        return limit < 1 ? this : new WorkingLimit(loweredTo, loweredMillis, limit, nowMillis);
    }

    /** After a refusal when so much had passed; never by more than half, for it may have had other reasons. */
    WorkingLimit refused(long passed, long ceiling, long floor, long nowMillis) {
        long lower = Math.max(1, Math.max(floor, Math.min(at(ceiling, nowMillis), passed)));
        return new WorkingLimit(lower, nowMillis, told, toldMillis);
    }
}
