package dev.weir.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cancels whose request has not come yet, for {@code cancel.memory.ms}; bounded in number, the oldest leave first. They
 * are kept among the outcomes, under keys that no outcome has. Threading: the task's stream thread.
 */
final class CancelMemory {
    static final int MOST = 10_000;

    /** Outcomes begin with a digit. */
    private static final String PREFIX = "cancel:";

    /** Behind every id: the colon's successor. */
    private static final String BEHIND = "cancel;";

    private static final byte CANCELLED = 2;
    private static final int HEAD_BYTES = 1 + Long.BYTES;

    private final Shelf<String> store;
    private final Duration memory;
    private final Deque<Kept> oldestFirst = new ArrayDeque<>();

    private record Kept(String key, long expiryMillis) {}

    CancelMemory(Shelf<String> store, Duration memory) {
        this.store = store;
        this.memory = memory;
    }

    /** Rebuilds the order of expiry. */
    void rebuild() {
        List<Kept> kept = new ArrayList<>();
        store.forEach(PREFIX, BEHIND, (key, value) -> kept.add(new Kept(key, expiry(value))));
        kept.sort(Comparator.comparingLong(Kept::expiryMillis));
        oldestFirst.addAll(kept);
    }

    /** Keeps a cancel with the word for its response. */
    void remember(String id, String message, long nowMillis) {
        if (memory.isZero()) {
            return;
        }
        byte[] text = message.getBytes(UTF_8);
        long expiry = nowMillis + memory.toMillis();
        byte[] value = ByteBuffer.allocate(HEAD_BYTES + text.length)
                .put(CANCELLED)
                .putLong(expiry)
                .put(text)
                .array();
        store.put(PREFIX + id, value);
        oldestFirst.add(new Kept(PREFIX + id, expiry));
        expire(nowMillis);
    }

    /** The word of the cancel for that id, which is used up by this; null when there is none. */
    @Nullable
    String take(String id, long nowMillis) {
        byte[] value = oldestFirst.isEmpty() ? null : store.get(PREFIX + id);
        if (value == null) {
            return null;
        }
        store.delete(PREFIX + id);
        return expiry(value) > nowMillis ? new String(value, HEAD_BYTES, value.length - HEAD_BYTES, UTF_8) : null;
    }

    /** Lets go of what is too old or too much. */
    void expire(long nowMillis) {
        Kept oldest = oldestFirst.peek();
        while (oldest != null && (oldest.expiryMillis() <= nowMillis || oldestFirst.size() > MOST)) {
            oldestFirst.remove();
            byte[] value = store.get(oldest.key());
            if (value != null && expiry(value) == oldest.expiryMillis()) {
                store.delete(oldest.key());
            }
            oldest = oldestFirst.peek();
        }
    }

    private static long expiry(byte[] value) {
        return ByteBuffer.wrap(value, 1, Long.BYTES).getLong();
    }
}
