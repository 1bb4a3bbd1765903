package dev.weir.dispatch;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of the open requests of a partition, by offset: entries, which are read often and small, in memory
 * too; payloads on disk. A small payload lies with its entry in one record, for a record more costs more than the bytes
 * that are written again when the entry changes; a large one has a record of its own. Threading: the task's stream
 * thread.
 */
final class RequestStore {
    private static final long EPOCH_KEY = -1;
    private static final int HEAD_BYTES = 1 + Integer.BYTES;
    private static final byte ALONE = 0;
    private static final byte TOGETHER = 1;
    private static final byte APART = 2;

    private final Shelf<Long> records;
    private final Shelf<Long> payloads;
    private final long togetherBytes;
    private final NavigableMap<Long, byte[]> entries = new TreeMap<>();
    private final Set<Long> apart = new HashSet<>();

    /**
     * Knows nothing before {@link #rebuild}.
     *
     * @param togetherBytes size of the largest payload that lies with its entry
     */
    RequestStore(KeyValueStore<Bytes, byte[]> store, long togetherBytes) {
        this.records = Shelf.entries(store);
        this.payloads = Shelf.payloads(store);
        this.togetherBytes = togetherBytes;
    }

    /** Reads everything once, and shows every entry in the order of the offsets. */
    void rebuild(BiConsumer<Long, Entry> each) {
        records.forEach((offset, bytes) -> {
            if (offset >= 0) {
                byte[] own = Arrays.copyOfRange(bytes, HEAD_BYTES, endOfEntry(bytes));
                entries.put(offset, own);
                if (bytes[0] == APART) {
                    apart.add(offset);
                }
                each.accept(offset, EntryCodec.decodeEntry(own));
            }
        });
    }

    /** The offsets that have an entry, in order. */
    List<Long> offsets() {
        return new ArrayList<>(entries.keySet());
    }

    /** The entry at that offset, or null. */
    @Nullable
    Entry entry(long offset) {
        byte[] bytes = entries.get(offset);
        return bytes == null ? null : EntryCodec.decodeEntry(bytes);
    }

    /** The payload at that offset, or null. */
    @Nullable
    Payload payload(long offset) {
        byte[] bytes = isApart(offset) ? payloads.get(offset) : together(offset);
        return bytes == null ? null : EntryCodec.decodePayload(bytes);
    }

    /** Whether payloads like that have a record of their own. */
    boolean isLarge(Payload payload) {
        return Payload.size(payload.key(), payload.value(), payload.headers()) > togetherBytes;
    }

    /** Whether the payload at that offset has, or had, a record of its own. */
    boolean isApart(long offset) {
        return apart.contains(offset);
    }

    /** Stores a large payload, before its entry. */
    void putApart(long offset, Payload payload) {
        apart.add(offset);
        payloads.put(offset, EntryCodec.encode(payload));
    }

    /** Stores an entry with its small payload. */
    void putTogether(long offset, Entry entry, Payload payload) {
        put(offset, TOGETHER, entry, EntryCodec.encode(payload));
        erasePayloadApart(offset);
    }

    /** Stores an entry whose payload stays where it is, if it has one. */
    void put(long offset, Entry entry) {
        if (isApart(offset)) {
            put(offset, APART, entry, null);
            return;
        }
        byte[] payload = together(offset);
        put(offset, payload == null ? ALONE : TOGETHER, entry, payload);
    }

    /** Stores an entry that has no payload any more. */
    void putAlone(long offset, Entry entry) {
        put(offset, ALONE, entry, null);
        erasePayloadApart(offset);
    }

    /** Erases a payload that has a record of its own; where there is none, nothing happens. */
    void erasePayloadApart(long offset) {
        if (apart.remove(offset)) {
            payloads.delete(offset);
        }
    }

    /** Erases what is stored at that offset. */
    void erase(long offset) {
        erasePayloadApart(offset);
        entries.remove(offset);
        records.delete(offset);
    }

    /** The epoch of the last task that spoke for this partition, 0 when none did. */
    long epoch() {
        byte[] bytes = records.get(EPOCH_KEY);
        return bytes == null ? 0 : EntryCodec.decodeLong(bytes);
    }

    void putEpoch(long epoch) {
        records.put(EPOCH_KEY, EntryCodec.encode(epoch));
    }

    private byte @Nullable [] together(long offset) {
        byte[] bytes = entries.containsKey(offset) ? records.get(offset) : null;
        return bytes == null || bytes[0] != TOGETHER
                ? null
                : Arrays.copyOfRange(bytes, endOfEntry(bytes), bytes.length);
    }

    private void put(long offset, byte where, Entry entry, byte @Nullable [] payload) {
        byte[] own = EntryCodec.encode(entry);
        ByteBuffer bytes = ByteBuffer.allocate(HEAD_BYTES + own.length + (payload == null ? 0 : payload.length))
                .put(where)
                .putInt(own.length)
                .put(own);
        if (payload != null) {
            bytes.put(payload);
        }
        entries.put(offset, own);
        records.put(offset, bytes.array());
    }

    private static int endOfEntry(byte[] bytes) {
        return HEAD_BYTES + ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt();
    }
}
