package dev.weir.dispatch;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * How many calls this process may have open, from their reservation to their answer, and what it holds until the
 * outcomes are committed. More are reserved than may run, as many as end in a tenth of a second or two, so that neither
 * a commit nor a stream thread that comes late leaves a slot unused. Threading: any.
 */
final class Slots {
    /** At most one in so many is reserved ahead. */
    private static final int AHEAD_SHARE = 2;

    /** As many are reserved ahead as end in this part of the span, on the average of it and the one before. */
    private static final int AHEAD_PART = 10;

    private static final Duration SPAN = Duration.ofSeconds(1);

    /** One slot in so many is kept for calls with a permit while there are such. */
    private static final int KEPT_SHARE = 20;

    private static final long KEPT_NANOS = Duration.ofSeconds(10).toNanos();

    /** So many calls for each slot may be open or wait for the commit of their outcome. */
    private static final int HELD_PER_SLOT = 2;

    /** So many slots at most are taken in one turn. */
    private static final int TURN = 64;

    private final CallBounds bounds;
    private final LongSupplier nanoTime;
    private final RecentCount ended = new RecentCount(SPAN);
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger held = new AtomicInteger();
    private final AtomicLong heldBytes = new AtomicLong();
    private final AtomicBoolean draining = new AtomicBoolean();
    private final AtomicLong permitWantedNanos;
    private final Object change = new Object();
    private final Set<Integer> line = new LinkedHashSet<>();

    Slots(CallBounds bounds, LongSupplier nanoTime) {
        this.bounds = bounds;
        this.nanoTime = nanoTime;
        this.permitWantedNanos = new AtomicLong(nanoTime.getAsLong() - KEPT_NANOS);
    }

    /** How many calls may run at once. */
    int most() {
        return bounds.maxInFlight();
    }

    /** From now on none is free. */
    void drain() {
        draining.set(true);
    }

    boolean isDraining() {
        return draining.get();
    }

    /** How many calls are open or wait for the commit of their outcome. */
    int held() {
        return held.get();
    }

    /** Whether so many calls are held that no other may be, whether they run or not. */
    boolean isFull() {
        return held.get() >= HELD_PER_SLOT * bounds.maxInFlight();
    }

    /** Whether a call may be reserved; some are kept for those with a permit from those without. */
    boolean isFreeFor(boolean permitted) {
        if (permitted) {
            permitWantedNanos.set(nanoTime.getAsLong());
        }
        return room(permitted) > 0;
    }

    /**
     * How many the partition may take at once for calls without a permit, at most so many. Partitions take turns: one
     * that got less than it wanted stands in line behind the others.
     */
    int turnOf(int partition, int wanted) {
        synchronized (line) {
            int room = room(false);
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

    private int room(boolean permitted) {
        boolean shut = draining.get() || isFull() || heldBytes.get() > bounds.maxHeldBytes();
        long now = nanoTime.getAsLong();
        int ahead = Math.min(bounds.maxInFlight() / AHEAD_SHARE, ended.at(now) / AHEAD_PART);
        boolean keeps = now - permitWantedNanos.get() < KEPT_NANOS;
        int kept = keeps ? bounds.maxInFlight() / KEPT_SHARE : 0;
        return shut ? 0 : bounds.maxInFlight() + (permitted ? 2 * ahead : ahead - kept) - open.get();
    }

    /** The partition wants none any more. */
    void leaveLine(int partition) {
        synchronized (line) {
            line.remove(partition);
        }
    }

    /** A call is reserved. */
    void take() {
        open.incrementAndGet();
        held.incrementAndGet();
    }

    /** A reserved call will never run. */
    void takenBack() {
        open.decrementAndGet();
    }

    /** A call has ended, with an answer of that size. */
    void ended(long bytes) {
        heldBytes.addAndGet(bytes);
        open.decrementAndGet();
        ended.add(nanoTime.getAsLong());
    }

    /** A call that is not open any more is held no longer, nor its answer. */
    void forget(long bytes) {
        heldBytes.addAndGet(-bytes);
        held.decrementAndGet();
        synchronized (change) {
            change.notifyAll();
        }
    }

    /** Waits until none is held, at most so long; whether that is so. */
    boolean awaitNone(Duration patience) throws InterruptedException {
        long startedNanos = System.nanoTime();
        synchronized (change) {
            long leftMillis = patience.toMillis();
            while (held.get() > 0 && leftMillis > 0) {
                change.wait(leftMillis);
                leftMillis = patience.toMillis() - (System.nanoTime() - startedNanos) / 1_000_000;
            }
        }
        return held.get() == 0;
    }
}
