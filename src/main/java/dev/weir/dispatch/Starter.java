package dev.weir.dispatch;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Runs a thing at a monotonic time, or tells that the time for it has passed: a process may stand still between its
 * decision and the moment it chose.
 *
 * @param nanoTime the monotonic clock, in nanoseconds
 * @param executor its delays follow that clock; it is shut down with this
 */
record Starter(LongSupplier nanoTime, ScheduledExecutorService executor) implements AutoCloseable {
    /** Runs one of the two, here when the time has come, else on the executor's thread; none after {@link #close}. */
    void at(long notBeforeNanos, long latestNanos, Runnable inTime, Runnable tooLate) {
        Runnable start = () -> (latestNanos - nanoTime.getAsLong() >= 0 ? inTime : tooLate).run();
        long waitNanos = notBeforeNanos - nanoTime.getAsLong();
        if (waitNanos <= 0) {
            start.run();
        } else {
            var unused = executor.schedule(start, waitNanos, TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void close() {
        var unused = executor.shutdownNow();
    }
}
