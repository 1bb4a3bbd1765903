package dev.weir.admission;

import dev.weir.permit.CallEnd;
import dev.weir.permit.LeaseKey;
import org.jspecify.annotations.Nullable;

/**
 * Whether calls go out at all. It closes when the server takes none for lack of a key or of credits, and when it fails
 * call after call; then single calls are let through, ever more rarely, until one is answered.
 *
 * @param kind open, or why it is closed
 * @param sinceMillis when it was opened or closed last
 * @param probeAtMillis when the next single call may go
 * @param probes single calls that failed in a row
 * @param probe the single call under way, or null
 */
record Door(
        Kind kind,
        long sinceMillis,
        long probeAtMillis,
        int probes,
        @Nullable LeaseKey probe) {
    /** Open since ever. */
    static final Door OPEN = new Door(Kind.OPEN, Long.MIN_VALUE, 0, 0, null);

    private static final long FIRST_PROBE_MILLIS = 1_000;
    private static final long LONGEST_MILLIS = 30_000;
    private static final int DOUBLINGS = 5;
    /** Where the single call stands among the numbers. */
    private static final int PROBE_AT = 4;

    /** Open, or why it is closed. */
    enum Kind {
        /** Calls go out. */
        OPEN,
        /** Key or credits. */
        HALTED,
        /** Failure after failure. */
        BROKEN
    }

    boolean isOpen() {
        return kind == Kind.OPEN;
    }

    /** Whether a grant is possible: freely, or for a single call. */
    boolean lets(long nowMillis) {
        return isOpen() || (probe == null && nowMillis >= probeAtMillis);
    }

    /** When a grant is possible if nothing happens. */
    long letsAt(long nowMillis) {
        if (isOpen()) {
            return nowMillis;
        }
        return probe == null ? Math.max(nowMillis, probeAtMillis) : RequestWindow.NEVER;
    }

    /** After a grant through it. */
    Door granted(LeaseKey key) {
        return isOpen() ? this : new Door(kind, sinceMillis, probeAtMillis, probes, key);
    }

    /** Closed for that reason from now on; what was granted before does not close it again. */
    Door closed(Kind why, long grantedAtMillis, long nowMillis) {
        boolean isOld = isOpen() ? grantedAtMillis < sinceMillis : why == kind || kind == Kind.HALTED;
        return isOld ? this : new Door(why, nowMillis, nowMillis + FIRST_PROBE_MILLIS, 0, null);
    }

    /** After the single call has ended; any other call changes nothing. */
    Door ended(LeaseKey key, CallEnd end, long nowMillis) {
        if (isOpen() || !key.equals(probe)) {
            return this;
        }
        return switch (end) {
            case ANSWERED, THROTTLED -> opened(nowMillis);
            case UNUSED -> new Door(kind, sinceMillis, nowMillis, probes, null);
            case TRANSIENT, HALTED -> {
                Kind why = end == CallEnd.HALTED ? Kind.HALTED : kind;
                yield new Door(why, sinceMillis, Saturating.add(nowMillis, delay(probes + 1)), probes + 1, null);
            }
        };
    }

    /** Open from now on. */
    Door opened(long nowMillis) {
        return isOpen() ? this : new Door(Kind.OPEN, nowMillis, 0, 0, null);
    }

    /** The same door read by a clock that may be behind the one that wrote it. */
    Door readAt(long nowMillis) {
        return new Door(
                kind,
                Math.min(sinceMillis, nowMillis),
                Math.min(probeAtMillis, nowMillis + LONGEST_MILLIS),
                probes,
                probe);
    }

    /** What is to be remembered of it. */
    long[] numbers() {
        LeaseKey key = probe;
        return key == null
                ? new long[] {kind.ordinal(), sinceMillis, probeAtMillis, probes}
                : new long[] {
                    kind.ordinal(), sinceMillis, probeAtMillis, probes, key.origin(), key.offset(), key.tryNumber()
                };
    }

    /** The door of such numbers. */
    static Door of(long... numbers) {
        boolean probing = numbers.length > PROBE_AT;
        LeaseKey key = probing ? new LeaseKey((int) numbers[PROBE_AT], numbers[5], (int) numbers[6]) : null;
        return new Door(Kind.values()[(int) numbers[0]], numbers[1], numbers[2], (int) numbers[3], key);
    }

    private static long delay(int probes) {
        return Math.min(LONGEST_MILLIS, FIRST_PROBE_MILLIS << Math.min(DOUBLINGS, probes));
    }
}
