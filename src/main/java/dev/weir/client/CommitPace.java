package dev.weir.client;

/**
 * How often a stream thread may commit on request: no sooner after a commit than that commit took, so that commits take
 * about half of the thread's time at most and each carries the more requests the busier the thread is. A flush is
 * counted itself, and time in which the thread had nothing to do fourfold, for it costs others little. A transaction is
 * counted whole, from its flush on, once many wait for it; before, its end alone is. Threading: the thread's own.
 */
final class CommitPace {
    private static final long LEAST_GAP_NANOS = 5_000_000;
    private static final int IDLE_WEIGHT_OF_A_FLUSH = 4;

    /** So many who waited for a transaction are many. */
    private static final int CROWD = 64;

    private static final long LEAST_GAP_OF_A_CROWD_NANOS = 10_000_000;

    /** A flush whose transaction never came to its end does not count for ever. */
    private static final long MOST_GAP_NANOS = 500_000_000;

    private final boolean flushIsCommit;
    private boolean any;
    private boolean flushed;
    private long flushBegunNanos;
    private long endedNanos;
    private long gapNanos;
    private long idleNanos;

    /** A pace of flushes or of transactions. */
    CommitPace(boolean flushIsCommit) {
        this.flushIsCommit = flushIsCommit;
    }

    /** A flush begins, of which a transaction has several before its end. */
    void flushes(long nowNanos) {
        flushBegunNanos = flushed ? flushBegunNanos : nowNanos;
        flushed = true;
    }

    /** A flush or a transaction is over, whose end was asked for at that time and that so many have waited for. */
    void committed(long endingNanos, long nowNanos, int waited) {
        boolean crowded = !flushIsCommit && waited >= CROWD;
        long begunNanos = crowded && flushed ? flushBegunNanos : endingNanos;
        long least = crowded ? LEAST_GAP_OF_A_CROWD_NANOS : LEAST_GAP_NANOS;
        gapNanos = Math.min(MOST_GAP_NANOS, Math.max(least, nowNanos - begunNanos));
        endedNanos = nowNanos;
        idleNanos = 0;
        flushed = false;
        any = true;
    }

    /** The transaction will have no end. */
    void aborted() {
        flushed = false;
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
        return flushIsCommit ? IDLE_WEIGHT_OF_A_FLUSH : 1;
    }
}
