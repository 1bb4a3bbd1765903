package dev.weir.client;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Orders actions behind writes: an action runs once every write before it is acknowledged, whatever the order of the
 * acknowledgements. Threading: writes and actions come from one stream thread, acknowledgements from a network thread.
 */
final class WriteBarrier implements AfterAcks {
    private final Deque<Group> groups = new ArrayDeque<>();

    /** Writes that were made since the last action, followed by the actions behind them. */
    private static final class Group {
        private int unacknowledged;
        private boolean failed;
        private final List<Runnable> actions = new ArrayList<>();

        private boolean isOpen() {
            return actions.isEmpty();
        }
    }

    /** Counts a write; run the result with the write's failure, or null, when it is acknowledged. */
    synchronized Acknowledgement writing() {
        Group last = groups.peekLast();
        if (last == null || !last.isOpen()) {
            last = new Group();
            groups.add(last);
        }
        last.unacknowledged++;
        Group joined = last;
        return failed -> acknowledged(joined, failed);
    }

    /** Told once for each write. */
    interface Acknowledgement {
        /** The write is durable, or failed for good. */
        void done(boolean failed);
    }

    @Override
    public void afterAcks(Runnable action) {
        synchronized (this) {
            Group last = groups.peekLast();
            if (last != null) {
                last.actions.add(action);
                return;
            }
        }
        action.run();
    }

    private void acknowledged(Group group, boolean failed) {
        List<Runnable> ready = new ArrayList<>();
        synchronized (this) {
            group.unacknowledged--;
            group.failed |= failed;
            collectReady(ready);
        }
        ready.forEach(Runnable::run);
    }

    /** A failed group stays at the head for ever: nothing behind it may be told. */
    private void collectReady(List<Runnable> ready) {
        Group head = groups.peekFirst();
        while (head != null && head.unacknowledged == 0 && !head.failed) {
            ready.addAll(head.actions);
            groups.removeFirst();
            head = groups.peekFirst();
        }
    }
}
