package dev.weir.dispatch;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** How many calls this process may hold, and how many bytes of answers nobody has fetched yet. Threading: any. */
final class Slots {
    /** One slot in so many is kept for calls with a permit. */
    private static final int KEPT_SHARE = 20;

    /** So many slots at most are taken in one turn. */
    private static final int TURN = 64;

    private final CallBounds bounds;
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicLong heldBytes = new AtomicLong();
    private final AtomicBoolean draining = new AtomicBoolean();
    private final Object change = new Object();
    private final Set<Integer> line = new LinkedHashSet<>();

    Slots(CallBounds bounds) {
        this.bounds = bounds;
    }

    /** From now on none is free. */
    void drain() {
        draining.set(true);
    }

    boolean isDraining() {
        return draining.get();
    }

    int taken() {
        return taken.get();
    }

    /** Whether all are taken, whatever is held. */
    boolean areAllTaken() {
        return taken.get() >= bounds.maxInFlight();
    }

    /** Whether one may be taken. */
    boolean isFree() {
        return !draining.get() && !areAllTaken() && heldBytes.get() <= bounds.maxHeldBytes();
    }

    /**
     * How many the partition may take at once for calls without a permit, at most so many. A few are kept for those
     * that have one. Partitions take turns: one that got less than it wanted stands in line behind the others.
     */
    int turnOf(int partition, int wanted) {
        synchronized (line) {
            int room = isFree() ? bounds.maxInFlight() - bounds.maxInFlight() / KEPT_SHARE - taken.get() : 0;
            if (room <= 0 || (!line.isEmpty() && line.iterator().next() != partition)) {
                line.add(partition);
                return 0;
            }
            line.remove(partition);
            int turn = Math.min(Math.min(room, TURN), wanted);
            if (turn < wanted) {
                line.add(partition);
            }
            return turn;
        }
    }

    /** The partition wants none any more. */
    void leaveLine(int partition) {
        synchronized (line) {
            line.remove(partition);
        }
    }

    void take() {
        taken.incrementAndGet();
    }

    /** An answer of that size waits to be fetched. */
    void hold(long bytes) {
        heldBytes.addAndGet(bytes);
    }

    /** Gives a slot back, with the answer that it held. */
    void giveBack(long bytes) {
        heldBytes.addAndGet(-bytes);
        taken.decrementAndGet();
        synchronized (change) {
            change.notifyAll();
        }
    }

    /** Waits until none is taken, at most so long; whether that is so. */
    boolean awaitNone(Duration patience) throws InterruptedException {
        long startedNanos = System.nanoTime();
        synchronized (change) {
            long leftMillis = patience.toMillis();
            while (taken.get() > 0 && leftMillis > 0) {
                change.wait(leftMillis);
                leftMillis = patience.toMillis() - (System.nanoTime() - startedNanos) / 1_000_000;
            }
        }
        return taken.get() == 0;
    }
}
