package dev.weir.dispatch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The open requests of one partition, by offset: entries and payloads in a changelogged store, timers and followers in
 * memory. Threading: the task's stream thread.
 */
final class Ledger {
    /** More than the calls in flight of a partition, whose entries are read and written several times. */
    private static final int DECODED_ENTRIES = 2_048;

    private final RequestStore store;
    private final ToLongFunction<Entry> nextWake;
    private final Timers timers = new Timers();
    private final Recent<Entry> decoded = new Recent<>(DECODED_ENTRIES, entry -> 1);
    private final Recent<Payload> atHand;
    private final Erasures erasures;
    /** Offsets that have ended and hold a payload again: the entry that is stored is the one that was counted off. */
    private final Set<Long> reopened = new HashSet<>();
    /** Small payloads that are stored with their entries, which come next. */
    private final Map<Long, Payload> entryless = new HashMap<>();

    private final Map<Long, Deque<Long>> followers = new HashMap<>();
    private final Map<Class<? extends Status>, Integer> counts = new HashMap<>();
    private final Map<Integer, Integer> redrives = new HashMap<>();

    Ledger(RequestStore store, long atHandBytes, Erasures erasures, ToLongFunction<Entry> nextWake) {
        this.store = store;
        this.erasures = erasures;
        this.nextWake = nextWake;
        this.atHand =
                new Recent<>(atHandBytes, payload -> Payload.size(payload.key(), payload.value(), payload.headers()));
    }

    /**
     * Reads all entries once, rebuilds what is kept in memory, and answers the offsets in order.
     *
     * @param found is told each open request
     */
    List<Long> rebuild(BiConsumer<Long, Entry> found) {
        List<Long> offsets = new ArrayList<>();
        store.rebuild((offset, entry) -> {
            if (erasures.isLeftBehind(offset, entry)) {
                erasures.goOn(offset);
                return;
            }
            offsets.add(offset);
            remember(offset, null, entry);
            found.accept(offset, entry);
        });
        return offsets;
    }

    /** The open offsets, in order. */
    List<Long> offsets() {
        List<Long> offsets = store.offsets();
        offsets.removeIf(erasures::isEnded);
        return offsets;
    }

    /** The open request at that offset, or null. */
    @Nullable
    Entry entry(long offset) {
        Entry known = decoded.get(offset);
        if (known != null) {
            return known;
        }
        Entry entry = erasures.isEnded(offset) ? null : store.entry(offset);
        if (entry != null) {
            decoded.put(offset, entry);
        }
        return entry;
    }

    void put(long offset, Entry entry) {
        Entry old = known(offset);
        Payload payload = entryless.remove(offset);
        if (payload == null) {
            store.put(offset, entry);
        } else {
            store.putTogether(offset, entry, payload);
        }
        replace(offset, old, entry);
    }

    /** The payload leaves through a retry tier, the entry stays. */
    void putWithoutPayload(long offset, Entry entry) {
        Entry old = known(offset);
        atHand.remove(offset);
        if (erasures.leave(offset)) {
            store.putAlone(offset, entry);
        } else {
            store.put(offset, entry);
        }
        replace(offset, old, entry);
    }

    /** The entry that is counted, or null. */
    private @Nullable Entry known(long offset) {
        return reopened.remove(offset) ? null : entry(offset);
    }

    private void replace(long offset, @Nullable Entry old, Entry entry) {
        if (entry.status() instanceof Status.InFlight) {
            decoded.put(offset, entry);
        } else {
            decoded.remove(offset);
        }
        remember(offset, old, entry);
    }

    /** The request has ended, perhaps before it had an entry. */
    void remove(long offset) {
        atHand.remove(offset);
        entryless.remove(offset);
        Entry old = entry(offset);
        if (old == null) {
            store.erasePayloadApart(offset);
            return;
        }
        erasures.end(offset);
        decoded.remove(offset);
        timers.clear(offset);
        if (!reopened.remove(offset)) {
            count(old, -1);
        }
        if (old.status() instanceof Status.Following following) {
            Deque<Long> waiting = followers.get(following.leader());
            if (waiting != null) {
                waiting.remove(offset);
            }
        }
    }

    @Nullable
    Payload payload(long offset) {
        Payload known = atHand.get(offset);
        if (known != null) {
            return known;
        }
        Payload waiting = entryless.get(offset);
        Payload payload = waiting == null ? store.payload(offset) : waiting;
        if (payload != null) {
            atHand.put(offset, payload);
        }
        return payload;
    }

    /** A payload that is stored, with the entry that is there or with the one that comes next. */
    void putPayload(long offset, Payload payload) {
        if (erasures.revoke(offset)) {
            reopened.add(offset);
        }
        atHand.put(offset, payload);
        if (store.isLarge(payload)) {
            store.putApart(offset, payload);
            return;
        }
        Entry entry = reopened.contains(offset) ? null : entry(offset);
        if (entry == null) {
            entryless.put(offset, payload);
        } else {
            store.putTogether(offset, entry, payload);
        }
    }

    /** Erases what has ended durably. */
    void erase() {
        erasures.proceed();
    }

    /** Changes whenever something that has ended was erased, or opened again. */
    long erased() {
        return erasures.over();
    }

    /** Whether something that has ended is not erased yet. */
    boolean isErasing() {
        return erasures.areUnderWay();
    }

    /** Whether what has ended at that offset is not erased yet. */
    boolean isErasing(long offset) {
        return erasures.isUnderWay(offset);
    }

    /** Whether an erasure waits for nothing but the commit of the record that it is about. */
    boolean awaitsCommit() {
        return erasures.awaitCommit();
    }

    /** The followers of a leader that has ended, in order; they follow nobody any more. */
    List<Long> takeFollowers(long leader) {
        Deque<Long> waiting = followers.remove(leader);
        return waiting == null ? List.of() : List.copyOf(waiting);
    }

    /** The followers of a leader, in order. */
    List<Long> followers(long leader) {
        Deque<Long> waiting = followers.get(leader);
        return waiting == null ? List.of() : List.copyOf(waiting);
    }

    /** The redrive counts among the open requests. */
    Set<Integer> redrives() {
        return Set.copyOf(redrives.keySet());
    }

    OptionalLong pollDue(long nowMillis) {
        return timers.pollDue(nowMillis);
    }

    OptionalLong nextDue() {
        return timers.next();
    }

    /** How many requests are open but not in flight. */
    int waiting() {
        return counts.values().stream().mapToInt(Integer::intValue).sum() - inFlight();
    }

    int inFlight() {
        return counts.getOrDefault(Status.InFlight.class, 0);
    }

    /** Those of {@link #waiting} of which it is not known yet what they ask. */
    int undecoded() {
        return counts.getOrDefault(Status.Undecoded.class, 0);
    }

    /** The epoch of the last task that spoke for this partition, 0 when none did. */
    long storedEpoch() {
        return store.epoch();
    }

    void storeEpoch(long epoch) {
        store.putEpoch(epoch);
    }

    private void remember(long offset, @Nullable Entry old, Entry entry) {
        if (old != null) {
            count(old, -1);
        }
        count(entry, 1);
        timers.set(offset, nextWake.applyAsLong(entry));
        if (entry.status() instanceof Status.Following following && (old == null || !following.equals(old.status()))) {
            followers
                    .computeIfAbsent(following.leader(), unused -> new ArrayDeque<>())
                    .add(offset);
        }
    }

    private void count(Entry entry, int change) {
        counts.merge(entry.status().getClass(), change, Integer::sum);
        redrives.merge(entry.redrive(), change, (was, more) -> was + more == 0 ? null : Integer.valueOf(was + more));
    }
}
