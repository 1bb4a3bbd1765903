package dev.weir.dispatch;

import dev.weir.grok.GrokClient;
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
 * <p>Threading: HTTP threads call the observers, which start whoever is next in line and never block; each stream task
 * uses its own partition.
 */
public final class Calls implements AutoCloseable {
    private static final Duration ORPHAN_AGE = Duration.ofMinutes(1);

    private final CallBounds bounds;
    private final LongSupplier nanoTime;
    private final Map<LeaseKey, Call> calls = new ConcurrentHashMap<>();
    private final Map<Integer, Mailbox> mailboxes = new ConcurrentHashMap<>();
    private final Slots slots;
    private final CallRunner runner;

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
        this.bounds = bounds;
        this.slots = new Slots(bounds, nanoTime);
        this.nanoTime = nanoTime;
        this.runner = new CallRunner(client, slots, this::mailbox, nanoTime, starter);
    }

    /** From now on no call is reserved or started; those under way go on. */
    public void drain() {
        runner.drain();
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
        if (!slots.isFreeFor(plan.permitted())) {
            return false;
        }
        slots.take();
        mailbox(plan.key().origin()).calls().incrementAndGet();
        Call former = calls.put(plan.key(), new Call(plan, nanoTime.getAsLong()));
        if (former != null) {
            runner.takeBack(former);
            forgotten(former);
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
            runner.start(call, notBeforeNanos, latestNanos);
        }
    }

    /** Takes back a call that was reserved but not started; false when it has started. */
    boolean takeBack(LeaseKey key) {
        Call call = calls.get(key);
        if (call == null || !(runner.takeBack(call) || call.isTakenBack())) {
            return false;
        }
        forget(call);
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

    /** The next call of the partition that was not started in time, or null. It stays here until {@link #forget}. */
    @Nullable
    Call pollMissed(int partition) {
        Call call = mailbox(partition).missed().poll();
        while (call != null && calls.get(call.plan().key()) != call) {
            call = mailbox(partition).missed().poll();
        }
        return call;
    }

    /** What became of this call is committed. */
    void forget(Call call) {
        if (calls.remove(call.plan().key(), call)) {
            forgotten(call);
        }
    }

    private void forgotten(Call call) {
        mailbox(call.plan().key().origin()).calls().decrementAndGet();
        slots.forget(call.heldBytes());
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
        List<LeaseKey> neverStarted = new ArrayList<>();
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
            if (call.isTakenBack()) {
                mailbox.missed().add(call);
            } else if (call.isDone()) {
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

    /**
     * Ends the partition's calls that are past the hard deadline, for a lost callback stalls nothing, and takes back
     * those that wait in line for too long.
     */
    void sweep(int partition) {
        long now = nanoTime.getAsLong();
        ofPartition(partition).stream().filter(call -> call.isLate(now)).forEach(runner::miss);
        ofPartition(partition).stream()
                .filter(call -> call.isRunningLongerThan(bounds.hardDeadline(), now))
                .forEach(call -> runner.end(call, bounds.overdue()));
    }

    /** How long ago the call was written to the wire, in milliseconds; null when nothing was written. */
    @Nullable
    Long sentAgeMillis(Call call) {
        return call.isSent() ? Long.valueOf(Math.max(0, nanoTime.getAsLong() - call.sentNanos()) / 1_000_000) : null;
    }

    /** Starts no further call; the client is its owner's to close. */
    @Override
    public void close() {
        runner.close();
    }

    private void forgetOrphans(List<Call> among) {
        long now = nanoTime.getAsLong();
        among.stream().filter(call -> call.isDoneLongerThan(ORPHAN_AGE, now)).forEach(this::forget);
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
}
