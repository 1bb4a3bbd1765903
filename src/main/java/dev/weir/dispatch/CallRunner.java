package dev.weir.dispatch;

import dev.weir.grok.CallObserver;
import dev.weir.grok.GrokClient;
import dev.weir.grok.GrokOutcome;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;

/**
 * Brings reserved calls to their start and their results to the mailboxes. Threading: any; calls start on stream
 * threads, on producers' network threads, on the executor's and on HTTP threads.
 */
final class CallRunner implements AutoCloseable {
    private final GrokClient client;
    private final Slots slots;
    private final IntFunction<Mailbox> mailboxes;
    private final LongSupplier nanoTime;
    private final Starter starter;
    private final StartLine line;

    /**
     * Runs nothing yet.
     *
     * @param mailboxes the mailbox of a partition
     * @param nanoTime a monotonic clock in nanoseconds
     * @param executor starts later calls; shut down with this
     */
    CallRunner(
            GrokClient client,
            Slots slots,
            IntFunction<Mailbox> mailboxes,
            LongSupplier nanoTime,
            ScheduledExecutorService executor) {
        this.client = client;
        this.slots = slots;
        this.mailboxes = mailboxes;
        this.nanoTime = nanoTime;
        this.starter = new Starter(nanoTime, executor);
        this.line = new StartLine(slots.most(), this::begin);
    }

    /** Starts no further call; those in line are missed. */
    void drain() {
        slots.drain();
        line.close();
    }

    /** Starts a reserved call from one monotonic time on, as soon as it has a slot, and not after another one. */
    void start(Call call, long notBeforeNanos, long latestNanos) {
        call.ready(notBeforeNanos - nanoTime.getAsLong(), latestNanos);
        starter.at(notBeforeNanos, () -> line.enter(call));
    }

    private boolean begin(Call call) {
        long now = nanoTime.getAsLong();
        boolean missed = slots.isDraining() || call.isLate(now);
        if (missed) {
            miss(call);
        }
        boolean runs = !missed && call.start(now);
        if (runs) {
            client.call(call.plan().call(), new Observer(call));
        }
        return runs;
    }

    /** A call will never start, and its owner is told. */
    void miss(Call call) {
        if (takeBack(call)) {
            mailbox(call).miss(call);
        }
    }

    /** A call will never start; false when it has started, or that was known before. */
    boolean takeBack(Call call) {
        boolean first = call.takeBack();
        if (first) {
            slots.takenBack();
        }
        return first;
    }

    /** A running call ends in that way, whatever comes of it later. */
    void end(Call call, GrokOutcome outcome) {
        new Observer(call).finished(outcome);
    }

    private Mailbox mailbox(Call call) {
        return mailboxes.apply(call.plan().key().origin());
    }

    @Override
    public void close() {
        starter.close();
    }

    private final class Observer implements CallObserver {
        private final Call call;

        private Observer(Call call) {
            this.call = call;
        }

        @Override
        public void sent() {
            if (call.sent(nanoTime.getAsLong())) {
                mailbox(call).sent().add(call);
            }
        }

        @Override
        public void finished(GrokOutcome outcome) {
            if (call.finish(outcome, nanoTime.getAsLong())) {
                slots.ended(call.heldBytes());
                try {
                    mailbox(call).leave(call);
                } finally {
                    line.leave();
                }
            }
        }
    }
}
