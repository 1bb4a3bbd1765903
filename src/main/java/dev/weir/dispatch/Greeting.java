package dev.weir.dispatch;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;

/**
 * Tells admission, after every start of the task, what it holds: hello, every waiting ask and running call, hello-done.
 * In portions, so that a large ledger does not hold up the thread.
 */
final class Greeting {
    private static final int PORTION = 2_000;

    private final Task task;
    private final Desk desk;
    private final Deque<Long> untold = new ArrayDeque<>();
    private State state = State.DUE;

    private enum State {
        DUE,
        UNDER_WAY,
        DONE
    }

    Greeting(Task task, Desk desk, Collection<Long> openOffsets) {
        this.task = task;
        this.desk = desk;
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
        long epoch = Math.max(task.ledger().storedEpoch() + 1, nowMillis);
        task.ledger().storeEpoch(epoch);
        task.permits().hello(epoch);
        task.calls().adopt(task.partition());
    }

    /** Goes on where it left off. */
    void proceed(long nowMillis) {
        begin(nowMillis);
        for (int i = 0; i < PORTION && !untold.isEmpty(); i++) {
            tell(untold.remove(), nowMillis);
        }
        if (state == State.UNDER_WAY && untold.isEmpty()) {
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
            task.permits().ask(offset, entry);
        } else if (entry.status() instanceof Status.InFlight inFlight
                && inFlight.epoch() != task.permits().epoch()) {
            desk.apply(offset, afterRestart(offset, entry, nowMillis), nowMillis);
        }
    }

    /** A call that this process still knows goes on; one that it never started is asked again; any other is lost. */
    private Move afterRestart(long offset, Entry entry, long nowMillis) {
        var key = task.permits().key(offset, entry.progress().tries());
        if (task.calls().takeBack(key)) {
            return task.lifecycle().neverStarted(entry, nowMillis);
        }
        return task.calls().find(key) == null ? task.lifecycle().lost(entry, nowMillis) : new Move.Stay();
    }
}
