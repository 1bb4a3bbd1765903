package dev.weir.dispatch;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What HTTP threads leave for one partition's stream thread. Bounded by the slots of the registry. Threading: any.
 *
 * @param sent calls that were written to the wire
 * @param done calls that are over
 * @param missed calls that were not started, for it was too late
 * @param calls how many the registry holds for the partition
 * @param waker ends the wait of the thread that fetches, if there is one
 * @param wayOut where results go while no task of this process owns the partition, else null
 */
record Mailbox(
        Queue<Call> sent,
        Queue<Call> done,
        Queue<Call> missed,
        AtomicInteger calls,
        AtomicReference<@Nullable Runnable> waker,
        AtomicReference<@Nullable Consumer<Call>> wayOut) {
    static Mailbox empty() {
        return new Mailbox(
                new ConcurrentLinkedQueue<>(),
                new ConcurrentLinkedQueue<>(),
                new ConcurrentLinkedQueue<>(),
                new AtomicInteger(),
                new AtomicReference<>(),
                new AtomicReference<>());
    }

    /** Leaves a result for the owner, wherever that is. */
    void leave(Call call) {
        Consumer<Call> elsewhere = wayOut.get();
        if (elsewhere == null) {
            done.add(call);
            wake();
        } else {
            elsewhere.accept(call);
        }
    }

    /** Tells the owner of a call that was not started; if there is none, its successor finds out by itself. */
    void miss(Call call) {
        missed.add(call);
        wake();
    }

    private void wake() {
        Runnable wake = waker.get();
        if (wake != null) {
            wake.run();
        }
    }
}
