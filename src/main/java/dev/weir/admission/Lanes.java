package dev.weir.admission;

import dev.weir.event.Priority;

/**
 * The lanes of a line, as bits of a set: one for each priority and for first and repeated calls, so that some can be
 * held while others go on.
 */
final class Lanes {
    /** How many there are. */
    static final int COUNT = 2 * Priority.values().length;
    /** All. */
    static final int ALL = (1 << COUNT) - 1;
    /** Those of critical and high. */
    static final int URGENT = (1 << (2 * (Priority.HIGH.ordinal() + 1))) - 1;
    /** Those of calls that no attempt was spent on. */
    static final int FIRST_CALLS = 0b0101_0101;

    private Lanes() {}

    static boolean has(int lanes, int lane) {
        return (lanes & (1 << lane)) != 0;
    }

    /** Those of a priority. */
    static int of(Priority priority) {
        return 0b11 << (2 * priority.ordinal());
    }

    /** The number of a permit's lane. */
    static int of(PermitState.Queued queued) {
        return 2 * queued.priority().ordinal() + (queued.demand().retry() ? 1 : 0);
    }
}
