package dev.weir.admission;

import dev.weir.client.IdlePolls;
import java.time.Duration;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/**
 * One punctuation at the next due time, none when nothing is due: an idle task commits nothing. Threading: the task's
 * stream thread.
 */
final class Wakes {
    private static final long SHORTEST_MILLIS = 5;
    /** A cancelled punctuation stays in Streams' queue until its time comes; this bounds how many do. */
    private static final long LONGEST_MILLIS = 1_000;
    /** A lazy poll may oversleep the next tick, and must still leave that tick time to plan what follows precisely. */
    private static final long LAZY_FROM_MILLIS = 2 * LONGEST_MILLIS;

    private final ProcessorContext<Void, Void> context;
    private final Punctuator tick;
    private final IdlePolls idlePolls;
    private final Object task;
    private @Nullable Cancellable scheduled;
    private long dueMillis;
    private boolean idle = true;

    Wakes(ProcessorContext<Void, Void> context, Punctuator tick, IdlePolls idlePolls, Object task) {
        this.context = context;
        this.tick = tick;
        this.idlePolls = idlePolls;
        this.task = task;
    }

    /** Wakes at that time, or not at all. */
    void plan(long nextMillis, long nowMillis) {
        if (nextMillis == RequestWindow.NEVER) {
            cancel();
            poll(true);
            return;
        }
        long wanted = Saturating.subtract(nextMillis, nowMillis);
        long delay = Math.min(LONGEST_MILLIS, Math.max(SHORTEST_MILLIS, wanted));
        poll(wanted >= LAZY_FROM_MILLIS);
        if (scheduled == null || dueMillis > nowMillis + delay) {
            cancel();
            dueMillis = nowMillis + delay;
            scheduled = context.schedule(Duration.ofMillis(delay), PunctuationType.WALL_CLOCK_TIME, tick);
        }
    }

    /** Ends what is scheduled: its time came, or it is not wanted. */
    void cancel() {
        if (scheduled != null) {
            scheduled.cancel();
            scheduled = null;
        }
    }

    /** Nothing is wanted any more. */
    void close() {
        cancel();
        idlePolls.idle(task, true);
    }

    private void poll(boolean lazily) {
        if (lazily != idle) {
            idle = lazily;
            idlePolls.idle(task, lazily);
        }
    }
}
