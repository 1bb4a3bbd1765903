package dev.weir.client;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Orders actions behind writes: an action runs once every write before it is acknowledged, whatever the order of the
 * acknowledgements. When a write fails for good, every action that waits is dropped, whosever it is, and so is any that
 * comes until a task begins: Streams ends the thread, or at least all its tasks. Threading: writes and actions come
 * from one stream thread, acknowledgements from a network thread.
 */
final class WriteBarrier implements AfterAcks {
    private static final Logger LOG = LoggerFactory.getLogger(WriteBarrier.class);

    /** So many actions that wait at once are a crowd; at 200 requests a second hardly more than one does. */
    private static final int CROWD = 16;

    private final Deque<Group> groups = new ArrayDeque<>();
    private int waiting;
    private boolean failed;

    /** Writes that were made since the last action, followed by the actions behind them. */
    private final class Group {
        private int unacknowledged;
        private boolean over;
        private final List<Runnable> actions = new ArrayList<>();

        private boolean isOpen() {
            return !over && actions.isEmpty();
        }

        /** Runs none of its actions and takes no more; those behind it still wait for its writes. */
        private void drop() {
            over = true;
            waiting -= actions.size();
            actions.clear();
        }
    }

    /** Counts a write; run the result with the write's failure, or null, when it is acknowledged. */
    synchronized Acknowledgement writing() {
        Group last = groups.peekLast();
        Group joined = last == null || !last.isOpen() ? another() : last;
        joined.unacknowledged++;
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
            if (failed) {
                return;
            }
            Group last = groups.peekLast();
            if (last != null) {
                Group behind = last.over ? another() : last;
                behind.actions.add(action);
                waiting++;
                return;
            }
        }
        action.run();
    }

    @Override
    public synchronized boolean isCrowded() {
        return waiting >= CROWD;
    }

    private void acknowledged(Group group, boolean lost) {
        List<Runnable> ready = new ArrayList<>();
        synchronized (this) {
            group.unacknowledged--;
            if (lost) {
                failed = true;
                groups.forEach(Group::drop);
            }
            collectReady(ready);
        }
        ready.forEach(WriteBarrier::run);
    }

    /** The others behind the same write have their turn all the same. */
    private static void run(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            LOG.error("An action behind acknowledged writes failed", e);
        }
    }

    /** A task begins: what was lost before concerns those before it. */
    synchronized void begin() {
        failed = false;
    }

    private Group another() {
        Group group = new Group();
        groups.add(group);
        return group;
    }

    private void collectReady(List<Runnable> ready) {
        Group head = groups.peekFirst();
        while (head != null && head.unacknowledged == 0) {
            ready.addAll(head.actions);
            waiting -= head.actions.size();
            groups.removeFirst();
            head = groups.peekFirst();
        }
    }
}
