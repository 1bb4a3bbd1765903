package dev.weir.admission;

/**
 * Spreads what a window allows over its length, so that under backlog the next slot is never far: whoever is urgent
 * waits for one turn, not for the next window. After a rest a part of the window may go at once. A virtual scheduler in
 * the manner of the generic cell rate algorithm (ITU-T I.371): what is granted moves the due time on by its share of
 * the window. It only ever delays; the windows stay what keeps the limit.
 */
final class Pace {
    private static final long MICROS = 1_000;

    private static final int ALL = 100;

    private final long spanMicros;
    private final long burstMicros;
    private final boolean isOff;
    private long dueMicros = Long.MIN_VALUE / 2;

    /**
     * The pace of a window of that length.
     *
     * @param burstPercent how much of the window may go at once after a rest; 100 for no pace at all
     */
    Pace(long spanMillis, int burstPercent) {
        this.spanMicros = spanMillis * MICROS;
        this.burstMicros = spanMicros / ALL * burstPercent;
        this.isOff = burstPercent == ALL;
    }

    /** When the next may start; long past after a rest. */
    long dueMillis() {
        return isOff ? Long.MIN_VALUE : Math.floorDiv(dueMicros + MICROS - 1, MICROS);
    }

    /**
     * Something was granted.
     *
     * @param startMillis when it may start
     * @param waitedForRoom whether it waited for the window: that is no rest, from which a burst could follow
     * @param amount how much of the window it takes
     * @param limit how much the window has, 0 for no limit
     */
    void granted(long startMillis, boolean waitedForRoom, long amount, long limit) {
        // A start is a due time rounded up: what the rounding added must not add up.
        long start = startMillis * MICROS - MICROS + 1;
        dueMicros = Math.max(dueMicros, waitedForRoom ? start : start - burstMicros) + share(amount, limit);
    }

    /** So much more of the window was taken in the end than was granted, less if negative. */
    void corrected(long amount, long limit) {
        dueMicros += share(amount, limit);
    }

    /** The due time to remember, epoch microseconds. */
    long number() {
        return dueMicros;
    }

    /** Takes a remembered due time back; one far ahead was written by another clock. */
    void restore(long storedMicros, long nowMillis) {
        dueMicros = Math.min(storedMicros, nowMillis * MICROS + spanMicros);
    }

    private long share(long amount, long limit) {
        return limit == 0 ? 0 : (long) ((double) spanMicros * amount / limit);
    }
}
