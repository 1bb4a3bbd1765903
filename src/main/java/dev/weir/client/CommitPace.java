package dev.weir.client;

/**
 * How often a stream thread may commit on request: no sooner after a commit than that commit took, so that commits take
 * at most half of the thread's time and each carries the more requests the busier the thread is. Time in which the
 * thread had nothing to do may count more than once, where a commit costs others little; not while many wait for each
 * commit, who share what one costs the broker. Threading: the thread's own.
 */
final class CommitPace {
    private static final long LEAST_GAP_NANOS = 5_000_000;

    /** A flush for each task of a thread follows the last one by less; no commit on request does. */
    private static final long SAME_COMMIT_NANOS = 2_000_000;

    /** So many who waited for a commit are many. */
    private static final int CROWD = 16;

    private static final long LEAST_GAP_OF_A_CROWD_NANOS = 10_000_000;

    private final int idleWeight;
    private boolean any;
    private boolean begun;
    private long begunNanos;
    private long endedNanos;
    private long gapNanos;
    private long idleNanos;
    private int waited;
    private boolean crowded;

    /** A pace that counts idle time so often, unless many wait. */
    CommitPace(int idleWeight) {
        this.idleWeight = idleWeight;
    }

    /** A commit begins, or goes on that began before. */
    void begins(long nowNanos) {
        boolean goesOn = begun || (any && nowNanos - endedNanos < SAME_COMMIT_NANOS);
        begunNanos = goesOn ? begunNanos : nowNanos;
        waited = goesOn ? waited : 0;
        begun = true;
    }

    /** A commit is over that so many have waited for. */
    void committed(long nowNanos, int waitedForIt) {
        if (!begun) {
            begins(nowNanos);
        }
        waited += waitedForIt;
        crowded = waited >= CROWD;
        long least = crowded ? LEAST_GAP_OF_A_CROWD_NANOS : LEAST_GAP_NANOS;
        gapNanos = Math.max(least, nowNanos - begunNanos);
        endedNanos = nowNanos;
        idleNanos = 0;
        begun = false;
        any = true;
    }

    /** The thread waited so long for something to do. */
    void idled(long nanos) {
        idleNanos += nanos;
    }

    boolean isDue(long nowNanos) {
        return leftNanos(nowNanos) == 0;
    }

    /** How long until a commit is due, when the thread is busy until then. */
    long leftNanos(long nowNanos) {
        long spent = nowNanos - endedNanos + (weight() - 1) * idleNanos;
        return any ? Math.max(0, gapNanos - spent) : 0;
    }

    /** How long until a commit is due, when the thread waits until then. */
    long idleLeftNanos(long nowNanos) {
        return leftNanos(nowNanos) / weight();
    }

    private int weight() {
        return crowded ? 1 : idleWeight;
    }
}
