package dev.weir.dispatch;

import dev.weir.permit.AskMessage.StartedCall;
import dev.weir.permit.LeaseKey;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;

/**
 * Tells admission, after every start of the task, what it holds: hello, every waiting ask and running call, hello-done.
 * In portions, so that a large ledger does not hold up the thread.
 */
final class Greeting {
    private static final int PORTION = 2_000;

    private final Task task;
    private final Desk desk;
    private final Recovery recovery;
    private final Deque<Long> untold = new ArrayDeque<>();
    private State state = State.DUE;

    private enum State {
        DUE,
        UNDER_WAY,
        DONE
    }

    Greeting(Task task, Desk desk, Recovery recovery, Collection<Long> openOffsets) {
        this.task = task;
        this.desk = desk;
        this.recovery = recovery;
        untold.addAll(openOffsets);
    }

    boolean isDone() {
        return state == State.DONE;
    }

    /** Says hello before the first message of this epoch. */
    void begin(long nowMillis) {
        if (state != State.DUE) {
            return;
        }
        state = State.UNDER_WAY;
        long known = Math.max(task.ledger().storedEpoch() + 1, task.permits().nextEpoch());
        long epoch = Math.max(known, nowMillis);
        task.ledger().storeEpoch(epoch);
        task.permits().hello(epoch);
        task.calls().adopt(task.partition());
        keepPermits();
        recovery.claimed();
    }

    /** Goes on where it left off. */
    void proceed(long nowMillis) {
        begin(nowMillis);
        for (int i = 0; i < PORTION && !untold.isEmpty(); i++) {
            tell(untold.remove(), nowMillis);
        }
        recovery.proceed(nowMillis);
        if (state == State.UNDER_WAY && untold.isEmpty() && recovery.isSettled()) {
            state = State.DONE;
            task.permits().helloDone();
        }
    }

    private void tell(long offset, long nowMillis) {
        Entry entry = task.ledger().entry(offset);
        if (entry == null) {
            return;
        }
        if (entry.status() instanceof Status.Waiting) {
            desk.departures().askAgain(offset, entry);
        } else if (entry.status() instanceof Status.InFlight inFlight
                && inFlight.epoch() != task.permits().epoch()) {
            resume(offset, entry, nowMillis);
        }
    }

    /** A call that this process still knows goes on; one that it never started is asked again. */
    private void resume(long offset, Entry entry, long nowMillis) {
        LeaseKey key = task.permits().key(offset, entry.progress().tries());
        if (task.calls().takeBack(key)) {
            desk.apply(offset, task.lifecycle().neverStarted(entry, nowMillis), nowMillis);
            return;
        }
        Call call = task.calls().find(key);
        if (call == null) {
            recovery.found(key, entry);
        } else if (!call.isSent() && call.plan().permitted()) {
            task.permits().ask(offset, entry);
        }
    }

    /** Calls that were written to the wire keep their permits in this epoch, also where their request is over. */
    private void keepPermits() {
        for (Call call : task.calls().ofPartition(task.partition())) {
            Long age = task.calls().sentAgeMillis(call);
            CallPlan plan = call.plan();
            if (age != null && plan.permitted()) {
                task.permits()
                        .started(
                                plan.scope(),
                                task.calls().steadyMicros(),
                                List.of(new StartedCall(plan.key(), age, null)));
            }
        }
    }
}
