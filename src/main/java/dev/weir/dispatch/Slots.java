package dev.weir.dispatch;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** How many calls this process may hold, and how many bytes of answers nobody has fetched yet. Threading: any. */
final class Slots {
    private final CallBounds bounds;
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicLong heldBytes = new AtomicLong();
    private final AtomicBoolean draining = new AtomicBoolean();
    private final Object change = new Object();

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
