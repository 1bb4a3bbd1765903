package dev.weir.client;

/**
 * How often a stream thread may commit on request: no sooner after a commit than that commit took, so that commits take
 * at most half of the thread's time and each carries the more requests the busier the thread is. Threading: the
 * thread's own.
 */
final class CommitPace {
    private static final long LEAST_GAP_NANOS = 5_000_000;

    private boolean any;
    private long endedNanos;
    private long gapNanos;

    void committed(long startedNanos, long nowNanos) {
        any = true;
        endedNanos = nowNanos;
        gapNanos = Math.max(LEAST_GAP_NANOS, nowNanos - startedNanos);
    }

    boolean isDue(long nowNanos) {
        return leftNanos(nowNanos) == 0;
    }

    /** How long until a commit is due. */
    long leftNanos(long nowNanos) {
        return any ? Math.max(0, gapNanos - (nowNanos - endedNanos)) : 0;
    }
}
