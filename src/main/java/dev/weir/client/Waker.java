package dev.weir.client;

import org.apache.kafka.clients.consumer.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Ends a stream thread's wait for records. A wake that comes while the thread works makes its next wait none; nothing
 * else of the consumer is ever interrupted. Threading: {@link #run} on any thread, the rest on the stream thread.
 */
final class Waker implements Runnable {
    private @Nullable Consumer<?, ?> waiting;
    private boolean wanted;
    private boolean interrupted;

    @Override
    public synchronized void run() {
        wanted = true;
        if (waiting != null && !interrupted) {
            interrupted = true;
            waiting.wakeup();
        }
    }

    /** The consumer is about to wait; true when it should not, as there is work. */
    synchronized boolean enter(Consumer<?, ?> consumer) {
        waiting = consumer;
        return wanted;
    }

    /** It does something else than waiting, which must not be interrupted. */
    synchronized void suspend() {
        waiting = null;
    }

    /**
     * The wait is over; true when the consumer was interrupted meanwhile, whether it has noticed or not.
     *
     * @param ticks whether it took so long that tasks tick after it; if not, the next wait should be none either
     */
    synchronized boolean leave(boolean ticks) {
        boolean was = interrupted;
        waiting = null;
        wanted &= !ticks;
        interrupted = false;
        return was;
    }
}
