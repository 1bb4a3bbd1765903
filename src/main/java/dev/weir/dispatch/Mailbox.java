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
 * @param calls how many the registry holds for the partition
 * @param waker ends the wait of the thread that fetches, if there is one
 * @param wayOut where results go while no task of this process owns the partition, else null
 */
record Mailbox(
        Queue<Call> sent,
        Queue<Call> done,
        AtomicInteger calls,
        AtomicReference<@Nullable Runnable> waker,
        AtomicReference<@Nullable Consumer<Call>> wayOut) {
    static Mailbox empty() {
        return new Mailbox(
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
            Runnable wake = waker.get();
            if (wake != null) {
                wake.run();
            }
        } else {
            elsewhere.accept(call);
        }
    }
}
