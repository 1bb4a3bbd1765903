package dev.weir.dispatch;

import dev.weir.grok.CallObserver;
import dev.weir.grok.GrokClient;
import dev.weir.grok.GrokOutcome;
import dev.weir.permit.LeaseKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Every call of this process, from its reservation until the commit that holds its outcome. It outlives the stream
 * tasks: a task that is restored after an aborted transaction finds its calls and results here again. Bounded by
 * construction: a call has one slot while it runs, and none is reserved while unfetched answers fill their budget.
 *
 * <p>Threading: HTTP threads only call the observers, which never block; each stream task uses its own partition.
 */
public final class Calls implements AutoCloseable {
    private static final Duration ORPHAN_AGE = Duration.ofMinutes(1);

    private final GrokClient client;
    private final CallBounds bounds;
    private final LongSupplier nanoTime;
    private final Map<LeaseKey, Call> calls = new ConcurrentHashMap<>();
    private final Map<Integer, Mailbox> mailboxes = new ConcurrentHashMap<>();
    private final Slots slots;
    private final StartLine startLine;
    private final Starter starter;

    /**
     * A registry without calls.
     *
     * @param nanoTime a monotonic clock in nanoseconds
     */
    public Calls(GrokClient client, CallBounds bounds, LongSupplier nanoTime) {
        this(client, bounds, nanoTime, DaemonThread.executor("weir-call-starter"));
    }

    /**
     * A registry without calls that starts later calls by that executor, whose delays must follow the given clock. The
     * executor is shut down with the registry.
     */
    public Calls(GrokClient client, CallBounds bounds, LongSupplier nanoTime, ScheduledExecutorService starter) {
        this.client = client;
        this.bounds = bounds;
        this.slots = new Slots(bounds, nanoTime);
        this.nanoTime = nanoTime;
        this.starter = new Starter(nanoTime, starter);
        this.startLine = new StartLine(bounds.maxInFlight(), this::begin);
    }

    /** From now on no call is reserved or started; those under way go on. */
    public void drain() {
        slots.drain();
        startLine.close();
    }

    /**
     * Waits until no call is left, at most so long; whether that is so. Meant for after {@link #drain}.
     *
     * @throws InterruptedException when the waiting thread is interrupted
     */
    public boolean awaitNone(Duration patience) throws InterruptedException {
        return slots.awaitNone(patience);
    }

    /** How many calls are reserved, under way, or waiting for the commit of their outcome. */
    public int size() {
        return slots.held();
    }

    /** Takes a slot for the call; false when all are taken or the process drains. */
    boolean reserve(CallPlan plan) {
        if (slots.isFull()) {
            forgetOrphans(List.copyOf(calls.values()));
        }
        if (!slots.isFree()) {
            return false;
        }
        if (calls.put(plan.key(), new Call(plan)) == null) {
            slots.take();
            mailbox(plan.key().origin()).calls().incrementAndGet();
        }
        return true;
    }

    /** What bounds the calls of this process. */
    Slots slots() {
        return slots;
    }

    /** The monotonic time in microseconds. */
    long steadyMicros() {
        return nanoTime.getAsLong() / 1_000;
    }

    /** The monotonic time in so many milliseconds. */
    long nanosIn(long millis) {
        return nanoTime.getAsLong() + Math.max(0, millis) * 1_000_000;
    }

    /**
     * Starts a reserved call from that monotonic time on, as soon as it has a slot, unless it was taken back before. A
     * process that stood still may come too late: then the call is not made, but found by {@link #pollMissed}, as it is
     * when the process drains.
     */
    void start(LeaseKey key, long notBeforeNanos, long latestNanos) {
        Call call = calls.get(key);
        if (call != null) {
            call.ready(notBeforeNanos - nanoTime.getAsLong());
            starter.at(notBeforeNanos, () -> startLine.enter(call, latestNanos));
        }
    }

    private boolean begin(Call call, long latestNanos) {
        LeaseKey key = call.plan().key();
        boolean missed = slots.isDraining() || latestNanos - nanoTime.getAsLong() < 0;
        if (missed && takeBack(key)) {
            mailbox(key.origin()).miss(call);
        }
        boolean runs = !missed && call.start(nanoTime.getAsLong());
        if (runs) {
            client.call(call.plan().call(), new Observer(call));
        }
        return runs;
    }

    /** Takes back a call that was reserved but not started; false when it has started. */
    boolean takeBack(LeaseKey key) {
        Call call = calls.get(key);
        if (call == null || !call.takeBack()) {
            return false;
        }
        slots.takenBack();
        forget(key);
        return true;
    }

    /** The call of that key, or null. */
    @Nullable
    Call find(LeaseKey key) {
        return calls.get(key);
    }

    /** The next call of the partition that was written to the wire and not yet reported, or null. */
    @Nullable
    Call pollSent(int partition) {
        return mailbox(partition).sent().poll();
    }

    /** The next call of the partition that is over, or null. It stays here until {@link #forget}. */
    @Nullable
    Call pollDone(int partition) {
        return mailbox(partition).done().poll();
    }

    /** The next call of the partition that was not started because it was too late, or null. It is forgotten here. */
    @Nullable
    Call pollMissed(int partition) {
        return mailbox(partition).missed().poll();
    }

    /** The outcome of this call is committed. */
    void forget(LeaseKey key) {
        Call call = calls.remove(key);
        if (call != null) {
            mailbox(key.origin()).calls().decrementAndGet();
            slots.forget(call.heldBytes());
        }
    }

    /**
     * No task of this process owns the partition any more: results leave through the way out, until a task adopts it.
     * Called on a stream thread; the way out is called on any thread, twice for a call at worst.
     *
     * @return the calls that run or wait for their commit, and those that will never be made
     */
    Released release(int partition, Consumer<Call> wayOut) {
        slots.leaveLine(partition);
        mailbox(partition).wayOut().set(wayOut);
        List<LeaseKey> running = new ArrayList<>();
        List<LeaseKey> neverStarted = mailbox(partition).takeMissed();
        for (Call call : ofPartition(partition)) {
            LeaseKey key = call.plan().key();
            if (takeBack(key)) {
                neverStarted.add(key);
                continue;
            }
            running.add(key);
            if (call.isDone()) {
                wayOut.accept(call);
            }
        }
        return new Released(running, neverStarted);
    }

    /**
     * A released partition's calls that are still here; empty once a task has adopted it again. Those past their hard
     * deadline end by this, and a result that could not be handed over for long is given up.
     */
    List<Call> stillReleased(int partition) {
        if (mailbox(partition).wayOut().get() == null) {
            return List.of();
        }
        sweep(partition);
        forgetOrphans(ofPartition(partition));
        return ofPartition(partition);
    }

    /** A new task owns the partition: what was reported to its predecessor is reported again. */
    void adopt(int partition) {
        Mailbox mailbox = mailbox(partition);
        mailbox.wayOut().set(null);
        for (Call call : ofPartition(partition)) {
            if (call.isDone()) {
                mailbox.done().add(call);
            } else if (call.isSent()) {
                mailbox.sent().add(call);
            }
        }
    }

    /** From now on the waker is run whenever a call of the partition is over. */
    void wake(int partition, Runnable waker) {
        mailbox(partition).waker().set(waker);
    }

    /** Whether the partition has any call. */
    boolean isBusy(int partition) {
        return mailbox(partition).calls().get() > 0;
    }

    /** Ends the partition's calls that are past the hard deadline: a lost callback stalls nothing. */
    void sweep(int partition) {
        long now = nanoTime.getAsLong();
        ofPartition(partition).stream()
                .filter(call -> call.isRunningLongerThan(bounds.hardDeadline(), now))
                .forEach(call -> new Observer(call).finished(bounds.overdue()));
    }

    /** How long ago the call was written to the wire, in milliseconds; null when nothing was written. */
    @Nullable
    Long sentAgeMillis(Call call) {
        return call.isSent() ? Long.valueOf(Math.max(0, nanoTime.getAsLong() - call.sentNanos()) / 1_000_000) : null;
    }

    /** Starts no further call; the client is its owner's to close. */
    @Override
    public void close() {
        starter.close();
    }

    private void forgetOrphans(List<Call> among) {
        long now = nanoTime.getAsLong();
        among.stream()
                .filter(call -> call.isDoneLongerThan(ORPHAN_AGE, now))
                .forEach(call -> forget(call.plan().key()));
    }

    /** The partition's calls: reserved, under way, or waiting for the commit of their outcome. */
    List<Call> ofPartition(int partition) {
        return calls.values().stream()
                .filter(call -> call.plan().key().origin() == partition)
                .toList();
    }

    private Mailbox mailbox(int partition) {
        return mailboxes.computeIfAbsent(partition, unused -> Mailbox.empty());
    }

    private final class Observer implements CallObserver {
        private final Call call;

        private Observer(Call call) {
            this.call = call;
        }

        @Override
        public void sent() {
            if (call.sent(nanoTime.getAsLong())) {
                mailbox(call.plan().key().origin()).sent().add(call);
            }
        }

        @Override
        public void finished(GrokOutcome outcome) {
            if (call.finish(outcome, nanoTime.getAsLong())) {
                slots.ended(call.heldBytes());
                mailbox(call.plan().key().origin()).leave(call);
                startLine.leave();
            }
        }
    }
}
