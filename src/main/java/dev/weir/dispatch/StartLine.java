package dev.weir.dispatch;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Reserved calls whose write ahead is durable, on their way to a slot: those with a permit first, then in the order of
 * their coming. Threading: any; calls start one after the other, on a thread that brought or ended one.
 */
final class StartLine {
    private final int slots;
    private final BiPredicate<Call, Long> start;
    private final Queue<Ready> permitted = new ConcurrentLinkedQueue<>();
    private final Queue<Ready> others = new ConcurrentLinkedQueue<>();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger work = new AtomicInteger();
    private volatile boolean closed;

    private record Ready(Call call, long latestNanos) {}

    /**
     * An empty line before so many slots.
     *
     * @param start starts a call unless its latest monotonic time has passed; whether it runs
     */
    StartLine(int slots, BiPredicate<Call, Long> start) {
        this.slots = slots;
        this.start = start;
    }

    void enter(Call call, long latestNanos) {
        (call.plan().permitted() ? permitted : others).add(new Ready(call, latestNanos));
        proceed();
    }

    /** A call that ran is over. */
    void leave() {
        running.decrementAndGet();
        proceed();
    }

    /** Slots count no longer: everyone in line is tried, and whoever comes. */
    void close() {
        closed = true;
        proceed();
    }

    /** One thread at a time; what others bring meanwhile is left to it. An end within a start does not nest. */
    private void proceed() {
        if (work.getAndIncrement() > 0) {
            return;
        }
        int seen = 1;
        try {
            while (seen > 0) {
                startAll();
                seen = work.addAndGet(-seen);
            }
        } finally {
            if (seen > 0) {
                work.set(0);
            }
        }
    }

    private void startAll() {
        while (closed || running.get() < slots) {
            Ready next = next();
            if (next == null) {
                return;
            }
            running.incrementAndGet();
            if (!start.test(next.call(), next.latestNanos())) {
                running.decrementAndGet();
            }
        }
    }

    private @Nullable Ready next() {
        Ready next = permitted.poll();
        return next != null ? next : others.poll();
    }
}
