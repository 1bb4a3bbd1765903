package dev.weir.client;

import java.util.function.Supplier;
import org.apache.kafka.common.utils.Time;

/**
 * The wall clock for Kafka Streams, which neither ticks nor commits for as long as its time has gone back. It follows
 * the wall clock, but never goes back with it: then it goes on at nine tenths of its pace until the wall clock has
 * caught up. Deadlines and whatever else is compared with other machines must be read off the wall clock itself.
 * Threading: safe for any thread.
 */
public final class ForwardTime implements Time {
    private static final long NANOS_A_MILLI = 1_000_000;
    private static final int TENTHS = 9;

    private final Time wall;
    private long reachedMillis;
    private long reachedNanos;

    /** Follows the system's clock. */
    public ForwardTime() {
        this(Time.SYSTEM);
    }

    ForwardTime(Time wall) {
        this.wall = wall;
        this.reachedMillis = wall.milliseconds();
        this.reachedNanos = wall.nanoseconds();
    }

    @Override
    public synchronized long milliseconds() {
        long wallMillis = wall.milliseconds();
        long nanos = wall.nanoseconds();
        long onward = reachedMillis + (nanos - reachedNanos) / NANOS_A_MILLI * TENTHS / 10;
        if (wallMillis < onward) {
            return onward;
        }
        reachedMillis = wallMillis;
        reachedNanos = nanos;
        return wallMillis;
    }

    @Override
    public long nanoseconds() {
        return wall.nanoseconds();
    }

    @Override
    public void sleep(long millis) {
        wall.sleep(millis);
    }

    @Override
    public void waitObject(Object object, Supplier<Boolean> condition, long deadlineMillis)
            throws InterruptedException {
        wall.waitObject(object, condition, deadlineMillis - milliseconds() + wall.milliseconds());
    }
}
