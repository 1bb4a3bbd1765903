package dev.weir.dispatch;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Runs a thing at a monotonic time.
 *
 * @param nanoTime the monotonic clock, in nanoseconds
 * @param executor its delays follow that clock; it is shut down with this
 */
record Starter(LongSupplier nanoTime, ScheduledExecutorService executor) implements AutoCloseable {
    /** Runs it here when the time has come, else on the executor's thread; not after {@link #close}. */
    void at(long notBeforeNanos, Runnable action) {
        long waitNanos = notBeforeNanos - nanoTime.getAsLong();
        if (waitNanos <= 0) {
            action.run();
        } else {
            var unused = executor.schedule(action, waitNanos, TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void close() {
        var unused = executor.shutdownNow();
    }
}
