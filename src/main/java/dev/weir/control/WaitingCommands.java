package dev.weir.control;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * The commands of one task whose schema the registry cannot tell yet, in their order, in a changelogged store: their
 * offsets are committed, so nothing else would bring them back. Both their number and their size are bounded.
 */
final class WaitingCommands {
    /** The store. In memory, for it is empty but while a registry is down. */
    static final String STORE = "control-waiting";

    /** So many wait at most. */
    static final int MOST = 1_000;
    /** The longest value that waits, in bytes; the longest command takes a quarter of it. */
    static final int LONGEST_VALUE = 16 * 1024;

    private static final int LONGEST_HEADER = 100;

    private final KeyValueStore<Bytes, byte[]> store;
    private int size;

    /**
     * One of them.
     *
     * @param offset where it stands in its partition
     * @param entry header and value
     */
    record Waiting(long offset, ByteBuffer entry) {
        byte[] value() {
            return rest(entry.duplicate().position(1 + Math.max(0, entry.get(0))));
        }

        byte @Nullable [] schemaHeader() {
            return entry.get(0) < 0 ? null : rest(entry.duplicate().position(1).limit(1 + entry.get(0)));
        }

        private static byte[] rest(ByteBuffer bytes) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            return copy;
        }
    }

    WaitingCommands(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
        this.size = all().size();
    }

    static StoreBuilder<KeyValueStore<Bytes, byte[]>> builder() {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(STORE), Serdes.Bytes(), Serdes.ByteArray());
    }

    int size() {
        return size;
    }

    /** Keeps a command, or says why not. */
    Optional<String> add(long offset, byte[] value, byte @Nullable [] schemaHeader) {
        int header = schemaHeader == null ? 0 : schemaHeader.length;
        if (value.length > LONGEST_VALUE || header > LONGEST_HEADER) {
            return Optional.of("the value is " + value.length + " bytes long; a command has at most " + LONGEST_VALUE);
        }
        if (size >= MOST) {
            return Optional.of(MOST + " commands wait for the schema registry already; send it again when it is back");
        }
        ByteBuffer entry = ByteBuffer.allocate(1 + header + value.length);
        entry.put((byte) (schemaHeader == null ? -1 : header));
        if (schemaHeader != null) {
            entry.put(schemaHeader);
        }
        Bytes key = key(offset);
        size += store.get(key) == null ? 1 : 0;
        store.put(key, entry.put(value).array());
        return Optional.empty();
    }

    void remove(Waiting settled) {
        store.delete(key(settled.offset()));
        size--;
    }

    /** All of them, the oldest first. */
    List<Waiting> all() {
        List<Waiting> found = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> entries = store.all()) {
            while (entries.hasNext()) {
                KeyValue<Bytes, byte[]> next = entries.next();
                found.add(new Waiting(ByteBuffer.wrap(next.key.get()).getLong(), ByteBuffer.wrap(next.value)));
            }
        }
        return found;
    }

    private static Bytes key(long offset) {
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(offset).array());
    }
}
