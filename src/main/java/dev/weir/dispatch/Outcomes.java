package dev.weir.dispatch;

import dev.weir.event.Blob;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What became of the ids that requesters chose: still open under an offset, which the ledger tells after a restart, or
 * answered, for {@code dedupe.window.ms}. Only successes are stored; bounded in bytes, the oldest leave first.
 * Threading: the task's stream thread.
 */
final class Outcomes {
    private static final byte DONE = 1;
    private static final int HEAD_BYTES = 1 + Long.BYTES;

    private final Shelf<String> store;
    private final Duration window;
    private final long maxBytes;
    private final long answerMaxBytes;
    /** What is stored, the oldest first: of an id that is not among them the store need not be asked. */
    private final Map<String, Kept> kept = new LinkedHashMap<>();

    private final TreeMap<String, Long> open = new TreeMap<>();
    private long keptBytes;

    /** What is known of an id. */
    sealed interface Known {
        /**
         * A request with the id is open.
         *
         * @param leader its offset
         */
        record Open(long leader) implements Known {}

        /**
         * A request with the id succeeded.
         *
         * @param response its response event
         */
        record Done(Blob response) implements Known {}
    }

    private record Kept(long expiryMillis, int bytes) {}

    /**
     * Nothing yet.
     *
     * @param window how long an answer is kept
     * @param maxBytes how much of them is kept
     * @param answerMaxBytes key and value of one of them in its store's topic, at most
     */
    Outcomes(Shelf<String> store, Duration window, long maxBytes, long answerMaxBytes) {
        this.store = store;
        this.window = window;
        this.maxBytes = maxBytes;
        this.answerMaxBytes = answerMaxBytes;
    }

    /** Rebuilds the order of expiry. */
    void rebuild() {
        List<Map.Entry<String, Kept>> stored = new ArrayList<>();
        store.forEach((key, value) -> {
            if (value[0] == DONE) {
                stored.add(Map.entry(key, new Kept(expiry(value), value.length)));
            }
        });
        stored.sort(Comparator.comparingLong(one -> one.getValue().expiryMillis()));
        stored.forEach(one -> keep(one.getKey(), one.getValue()));
    }

    /** What is known of the key at this time, or null. */
    @Nullable
    Known find(String key, long nowMillis) {
        Long leader = open.get(key);
        if (leader != null) {
            return new Known.Open(leader);
        }
        Kept known = kept.get(key);
        byte[] value = known == null || known.expiryMillis() <= nowMillis ? null : store.get(key);
        if (value == null) {
            return null;
        }
        return new Known.Done(Blob.of(Arrays.copyOfRange(value, HEAD_BYTES, value.length)));
    }

    /** The offsets of the requests that are open under the id with that redrive count, whoever gave it out. */
    List<Long> openOf(int redrive, String id) {
        List<Long> leaders = new ArrayList<>();
        Long ownLeader = open.get(Entry.outcomeKey(redrive, id, null));
        if (ownLeader != null) {
            leaders.add(ownLeader);
        }
        leaders.addAll(open.subMap(Entry.outcomeKey(redrive, id, ""), Entry.behindIssuers(redrive, id))
                .values());
        return leaders;
    }

    /** Whether a request with the id and that redrive count succeeded, whoever gave it out. */
    boolean isAnswered(int redrive, String id, long nowMillis) {
        if (find(Entry.outcomeKey(redrive, id, null), nowMillis) instanceof Known.Done) {
            return true;
        }
        String first = Entry.outcomeKey(redrive, id, "");
        return store.anyMatch(
                first,
                Entry.behindIssuers(redrive, id),
                (key, value) -> key.startsWith(first) && value[0] == DONE && expiry(value) > nowMillis);
    }

    /** Whether the request at that offset is the one that is open for the key. */
    boolean isLedBy(String key, long offset) {
        Long leader = open.get(key);
        return leader != null && leader == offset;
    }

    void open(String key, long offset) {
        open.put(key, offset);
    }

    /** An answer that is too large to be kept is forgotten: the id is called anew when it is seen again. */
    void succeeded(String key, byte[] response, long nowMillis) {
        long expiry = nowMillis + window.toMillis();
        byte[] value = ByteBuffer.allocate(HEAD_BYTES + response.length)
                .put(DONE)
                .putLong(expiry)
                .put(response)
                .array();
        open.remove(key);
        if (Payload.size(Blob.utf8(key), Blob.of(value), List.of()) > answerMaxBytes) {
            return;
        }
        store.put(key, value);
        keep(key, new Kept(expiry, value.length));
        expire(nowMillis);
    }

    /** As the youngest, whatever was kept for the key. */
    private void keep(String key, Kept now) {
        Kept before = kept.remove(key);
        kept.put(key, now);
        keptBytes += now.bytes() - (before == null ? 0 : before.bytes());
    }

    void forget(String key) {
        open.remove(key);
    }

    /** An open request of the ledger; the first of those with an id of their own that follow nobody leads it. */
    void restore(long offset, Entry entry) {
        if (entry.ownId() && !(entry.status() instanceof Status.Following)) {
            open.putIfAbsent(entry.outcomeKey(), offset);
        }
    }

    /** Lets go of what is too old or too much. */
    void expire(long nowMillis) {
        Iterator<Map.Entry<String, Kept>> oldestFirst = kept.entrySet().iterator();
        while (oldestFirst.hasNext()) {
            Map.Entry<String, Kept> oldest = oldestFirst.next();
            if (oldest.getValue().expiryMillis() > nowMillis && keptBytes <= maxBytes) {
                return;
            }
            keptBytes -= oldest.getValue().bytes();
            store.delete(oldest.getKey());
            oldestFirst.remove();
        }
    }

    private static long expiry(byte[] value) {
        return ByteBuffer.wrap(value, 1, Long.BYTES).getLong();
    }
}
