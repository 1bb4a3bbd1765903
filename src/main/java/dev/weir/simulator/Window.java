package dev.weir.simulator;

/**
 * An amount counted over a span of time. It knows no limit, so limits may change while it counts.
 *
 * <p>Time is a parameter: nanoseconds of a clock that never goes back. Not thread-safe.
 */
sealed interface Window permits FixedWindow, SlidingWindow {
    /** The amount counted in the window that holds {@code now}. */
    long used(long now);

    /** Counts an amount at {@code now}. */
    void add(long now, long amount);

    /** How long until some of the counted amount leaves the window, zero when nothing is counted. */
    long untilRoom(long now);

    /** An empty window over a span in nanoseconds. */
    static Window of(WindowKind kind, long span) {
        return switch (kind) {
            case FIXED -> new FixedWindow(span);
            case SLIDING -> new SlidingWindow(span);
        };
    }
}
