package dev.weir.permit;

/**
 * How much longer than the quickest of late the messages of one sender take. Sender and receiver stamp by monotonic
 * clocks of their own, whose offset is unknown but constant: the smallest difference seen is that offset and the
 * shortest way, so what a message exceeds it by is time that it has certainly spent on its way, and never more than
 * that. Only the last 10 to 20 seconds count, in which clocks drift by less than the guard of a window. Pure.
 */
final class Lag {
    private static final long SPAN_MICROS = 10_000_000;
    private static final long UNKNOWN = Long.MAX_VALUE;

    private final long epoch;
    private long spanStartMicros;
    private long smallestBefore = UNKNOWN;
    private long smallest = UNKNOWN;

    Lag(long epoch) {
        this.epoch = epoch;
    }

    /** The life of the sender. */
    long epoch() {
        return epoch;
    }

    /** The excess of a message over the quickest one, rounded down. */
    long excessMillis(long sentAtMicros, long receivedAtMicros) {
        long difference = receivedAtMicros - sentAtMicros;
        long sinceSpanStart = receivedAtMicros - spanStartMicros;
        if (smallest == UNKNOWN || sinceSpanStart >= SPAN_MICROS) {
            smallestBefore = sinceSpanStart < 2 * SPAN_MICROS ? smallest : UNKNOWN;
            smallest = difference;
            spanStartMicros = receivedAtMicros;
        }
        smallest = Math.min(smallest, difference);
        return (difference - Math.min(smallest, smallestBefore)) / 1_000;
    }
}
