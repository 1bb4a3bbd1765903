package dev.weir.simulation;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A thread of a process in virtual time; what is due while the process is dead is never run, and late while it is
 * frozen.
 */
final class VirtualExecutor extends AbstractExecutorService implements ScheduledExecutorService {
    private static final long SWITCH_MICROS = 50;

    private final Timeline timeline;
    private final Consumer<Runnable> gate;
    private boolean shutDown;

    VirtualExecutor(Timeline timeline, Consumer<Runnable> gate) {
        this.timeline = timeline;
        this.gate = gate;
    }

    private static final class Task extends FutureTask<Object> implements ScheduledFuture<Object> {
        private final long atMicros;
        private final Timeline timeline;

        private Task(Runnable action, long atMicros, Timeline timeline) {
            super(action, null);
            this.atMicros = atMicros;
            this.timeline = timeline;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(atMicros - timeline.nowMicros(), TimeUnit.MICROSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.MICROSECONDS), other.getDelay(TimeUnit.MICROSECONDS));
        }
    }

    @Override
    public void execute(Runnable action) {
        var unused = schedule(action, SWITCH_MICROS, TimeUnit.MICROSECONDS);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable action, long delay, TimeUnit unit) {
        if (shutDown) {
            throw new RejectedExecutionException("the executor is shut down");
        }
        long micros = unit.toMicros(delay) + SWITCH_MICROS;
        Task task = new Task(action, timeline.nowMicros() + micros, timeline);
        timeline.in(micros, () -> gate.accept(action));
        return task;
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> action, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException("the product schedules no callables");
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable action, long first, long period, TimeUnit unit) {
        throw new UnsupportedOperationException("the product schedules nothing at a rate");
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable action, long first, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException("the product schedules nothing at a rate");
    }

    @Override
    public void shutdown() {
        shutDown = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutDown = true;
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return shutDown;
    }

    @Override
    public boolean isTerminated() {
        return shutDown;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return shutDown;
    }
}
