package dev.weir.dispatch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What has ended, or has left through a retry tier, and is still in the stores. Without transactions an erasure may be
 * durable before the outcome is, and a crash between the two would lose the request; and a record that is erased before
 * its offset is committed would be read, and called, again. So an erasure is made only once the outcome is durable and
 * the offset committed. Threading: the task's stream thread.
 */
final class Erasures {
    private final RequestStore store;
    private final Consumer<Runnable> whenDurable;
    private final LongSupplier firstUncommitted;
    private final boolean atOnce;
    private final Map<Long, Erasure> open = new HashMap<>();
    private final List<Erasure> begun = new ArrayList<>();
    private final Queue<Erasure> durable = new ConcurrentLinkedQueue<>();
    private final List<Erasure> awaitingCommit = new ArrayList<>();
    private boolean looksAgain;
    private long lookedAt;
    private long over;

    /** Told apart by identity: the same offset may end, be opened again, and end again. */
    private static final class Erasure {
        private final long offset;
        private final boolean whole;
        private final boolean awaitsCommit;

        private Erasure(long offset, boolean whole, boolean awaitsCommit) {
            this.offset = offset;
            this.whole = whole;
            this.awaitsCommit = awaitsCommit;
        }
    }

    private Erasures(
            RequestStore store, Consumer<Runnable> whenDurable, LongSupplier firstUncommitted, boolean atOnce) {
        this.store = store;
        this.whenDurable = whenDurable;
        this.firstUncommitted = firstUncommitted;
        this.atOnce = atOnce;
    }

    /** Of writes that become durable together with the offsets, or not at all. */
    static Erasures atOnce(RequestStore store) {
        return new Erasures(store, Runnable::run, () -> Long.MAX_VALUE, true);
    }

    /**
     * Of writes that become durable one by one.
     *
     * @param whenDurable runs an action, on any thread, once everything written so far is durable
     * @param firstUncommitted the first offset of the requests that is not committed
     */
    static Erasures behind(RequestStore store, Consumer<Runnable> whenDurable, LongSupplier firstUncommitted) {
        return new Erasures(store, whenDurable, firstUncommitted, false);
    }

    /** The request has ended. */
    void end(long offset) {
        if (atOnce) {
            store.erase(offset);
            return;
        }
        begin(new Erasure(offset, true, true));
    }

    /**
     * The payload leaves, the entry stays.
     *
     * @return whether it may be erased at once; if not, a large one is erased in time, and a small one stays until it
     *     comes back or the request ends
     */
    boolean leave(long offset) {
        if (!atOnce && store.isApart(offset)) {
            begin(new Erasure(offset, false, false));
        }
        return atOnce;
    }

    /**
     * There is something at that offset again, which no earlier erasure may touch.
     *
     * @return whether the request there had ended, and its entry is still stored
     */
    boolean revoke(long offset) {
        Erasure erasure = open.remove(offset);
        if (erasure == null) {
            return false;
        }
        over++;
        looksAgain = true;
        return erasure.whole;
    }

    /** How many are made or revoked so far. */
    long over() {
        return over;
    }

    /** Whether the entry is that of a request that has ended. */
    boolean isEnded(long offset) {
        Erasure erasure = open.isEmpty() ? null : open.get(offset);
        return erasure != null && erasure.whole;
    }

    /** Whether a predecessor was lost amid the erasure, whose first half only is durable. */
    boolean isLeftBehind(long offset, Entry entry) {
        return !atOnce
                && store.isApart(offset)
                && !(entry.status() instanceof Status.Retrying)
                && store.payload(offset) == null;
    }

    /**
     * Goes on with what a predecessor began. If its offset is not committed the predecessor was lost while it opened
     * the request instead, and the record, which comes again, is to be taken for a new one.
     */
    void goOn(long offset) {
        Erasure erasure = new Erasure(offset, true, false);
        open.put(offset, erasure);
        durable.add(erasure);
    }

    boolean areUnderWay() {
        return !open.isEmpty();
    }

    /** Whether one is not made yet at that offset. */
    boolean isUnderWay(long offset) {
        return open.containsKey(offset);
    }

    /** Whether one waits for nothing but the commit of its offset. */
    boolean awaitCommit() {
        return !awaitingCommit.isEmpty();
    }

    /** Makes the erasures that are due and were not revoked; those begun since wait for all that is written by now. */
    void proceed() {
        if (!begun.isEmpty()) {
            List<Erasure> now = List.copyOf(begun);
            begun.clear();
            whenDurable.accept(() -> durable.addAll(now));
        }
        for (Erasure next = durable.poll(); next != null; next = durable.poll()) {
            awaitingCommit.add(next);
            looksAgain = true;
        }
        if (!awaitingCommit.isEmpty()) {
            long committed = firstUncommitted.getAsLong();
            if (looksAgain || committed != lookedAt) {
                awaitingCommit.removeIf(erasure -> isOver(erasure, committed));
                looksAgain = false;
                lookedAt = committed;
            }
        }
    }

    /** Whether it is made now, or was revoked. */
    private boolean isOver(Erasure erasure, long committed) {
        if (open.get(erasure.offset) != erasure) {
            return true;
        }
        if (erasure.awaitsCommit && erasure.offset >= committed) {
            return false;
        }
        open.remove(erasure.offset);
        over++;
        if (erasure.whole) {
            store.erase(erasure.offset);
        } else {
            store.erasePayloadApart(erasure.offset);
        }
        return true;
    }

    private void begin(Erasure erasure) {
        open.put(erasure.offset, erasure);
        begun.add(erasure);
    }
}
