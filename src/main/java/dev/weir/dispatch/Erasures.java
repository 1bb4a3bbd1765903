package dev.weir.dispatch;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

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
    private final Set<Long> ended = new HashSet<>();
    private final Set<Long> left = new HashSet<>();
    private final List<Long> due = new ArrayList<>();

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
        ended.add(offset);
        whenDurable.accept(() -> due.add(offset));
    }

    /** The payload has left; the entry stays. */
    void leave(long offset) {
        if (atOnce) {
            payloads.delete(offset);
            return;
        }
        left.add(offset);
        whenDurable.accept(() -> due.add(offset));
    }

    /** Whether the entry is that of a request that has ended. */
    boolean isEnded(long offset) {
        return !ended.isEmpty() && ended.contains(offset);
    }

    /** Whether a predecessor was lost amid the erasure, whose first half only is durable. */
    boolean isLeftBehind(long offset, Entry entry) {
        return !atOnce && !(entry.status() instanceof Status.Retrying) && payloads.get(offset) == null;
    }

    /** Goes on with what a predecessor began. */
    void goOn(long offset) {
        ended.add(offset);
        due.add(offset);
    }

    boolean areUnderWay() {
        return !ended.isEmpty() || !left.isEmpty();
    }

    /** Makes the erasures that are due; a payload that has come back meanwhile stays. */
    void proceed(LongFunction<@Nullable Entry> find) {
        for (long offset : due) {
            if (ended.remove(offset)) {
                left.remove(offset);
                payloads.delete(offset);
                entries.delete(offset);
            } else if (left.remove(offset)) {
                Entry entry = find.apply(offset);
                if (entry != null && entry.status() instanceof Status.Retrying) {
                    payloads.delete(offset);
                }
            }
        }
        due.clear();
    }
}
