package dev.weir.dispatch;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reserved calls whose write ahead is durable, on their way to a slot: those with a permit first, then in the order of
 * their coming. Threading: any; calls start one after the other, on a thread that brought or ended one.
 */
final class StartLine {
    private final int slots;
    private final Predicate<Call> start;
    private final Queue<Call> permitted = new ConcurrentLinkedQueue<>();
    private final Queue<Call> others = new ConcurrentLinkedQueue<>();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger work = new AtomicInteger();
    private volatile boolean closed;

    /**
     * An empty line before so many slots.
     *
     * @param start starts a call if it still may; whether it runs
     */
    StartLine(int slots, Predicate<Call> start) {
        this.slots = slots;
        this.start = start;
    }

    void enter(Call call) {
        (call.plan().permitted() ? permitted : others).add(call);
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
            Call next = next();
            if (next == null) {
                return;
            }
            running.incrementAndGet();
            if (!start.test(next)) {
                running.decrementAndGet();
            }
        }
    }

    private @Nullable Call next() {
        Call next = permitted.poll();
        return next != null ? next : others.poll();
    }
}
