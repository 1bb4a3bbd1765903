package dev.weir.dispatch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What has ended, or has left through a retry tier, and is still in the stores. Without transactions an erasure may be
 * durable before the outcome is, and a crash between the two would lose the request: so it is made only once the
 * outcome is durable. Threading: the task's stream thread.
 */
final class Erasures {
    private final KeyValueStore<Long, byte[]> entries;
    private final KeyValueStore<Long, byte[]> payloads;
    private final Consumer<Runnable> whenDurable;
    private final boolean atOnce;
    private final Map<Long, Erasure> open = new HashMap<>();
    private final List<Erasure> due = new ArrayList<>();

    /** Told apart by identity: the same offset may end, be opened again, and end again. */
    private static final class Erasure {
        private final long offset;
        private final boolean whole;

        private Erasure(long offset, boolean whole) {
            this.offset = offset;
            this.whole = whole;
        }
    }

    /**
     * Nothing yet.
     *
     * @param whenDurable runs an action once everything written so far is durable; {@link #AT_ONCE} when all writes
     *     become durable together
     */
    Erasures(
            KeyValueStore<Long, byte[]> entries, KeyValueStore<Long, byte[]> payloads, Consumer<Runnable> whenDurable) {
        this.entries = entries;
        this.payloads = payloads;
        this.whenDurable = whenDurable;
        this.atOnce = whenDurable == AT_ONCE;
    }

    /** For writes that become durable together, or not at all. */
    static final Consumer<Runnable> AT_ONCE = Runnable::run;

    /** The request has ended. */
    void end(long offset) {
        if (atOnce) {
            payloads.delete(offset);
            entries.delete(offset);
            return;
        }
        begin(new Erasure(offset, true));
    }

    /** The payload has left; the entry stays. */
    void leave(long offset) {
        if (atOnce) {
            payloads.delete(offset);
            return;
        }
        begin(new Erasure(offset, false));
    }

    /** There is something at that offset again, which no earlier erasure may touch. */
    void revoke(long offset) {
        open.remove(offset);
    }

    /** Whether the entry is that of a request that has ended. */
    boolean isEnded(long offset) {
        Erasure erasure = open.isEmpty() ? null : open.get(offset);
        return erasure != null && erasure.whole;
    }

    /** Whether a predecessor was lost amid the erasure, whose first half only is durable. */
    boolean isLeftBehind(long offset, Entry entry) {
        return !atOnce && !(entry.status() instanceof Status.Retrying) && payloads.get(offset) == null;
    }

    /** Goes on with what a predecessor began. */
    void goOn(long offset) {
        Erasure erasure = new Erasure(offset, true);
        open.put(offset, erasure);
        due.add(erasure);
    }

    boolean areUnderWay() {
        return !open.isEmpty();
    }

    /** Makes the erasures that are due and were not revoked. */
    void proceed() {
        for (Erasure erasure : due) {
            if (open.remove(erasure.offset, erasure)) {
                payloads.delete(erasure.offset);
                if (erasure.whole) {
                    entries.delete(erasure.offset);
                }
            }
        }
        due.clear();
    }

    private void begin(Erasure erasure) {
        open.put(erasure.offset, erasure);
        whenDurable.accept(() -> due.add(erasure));
    }
}
