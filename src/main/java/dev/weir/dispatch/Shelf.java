package dev.weir.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * One kind of what a task stores, under keys that begin with the kind's letter: all kinds share a store, and so one
 * changelog partition for a transaction to write its markers to. Threading: the task's stream thread.
 *
 * @param <K> by what things of this kind are found
 */
final class Shelf<K> {
    private final KeyValueStore<Bytes, byte[]> store;
    private final byte letter;
    private final Function<K, byte[]> write;
    private final Function<ByteBuffer, K> read;

    private Shelf(
            KeyValueStore<Bytes, byte[]> store, char letter, Function<K, byte[]> write, Function<ByteBuffer, K> read) {
        this.store = store;
        this.letter = (byte) letter;
        this.write = write;
        this.read = read;
    }

    /** Entries by offset. */
    static Shelf<Long> entries(KeyValueStore<Bytes, byte[]> store) {
        return byOffset(store, 'e');
    }

    /** Payloads by offset. */
    static Shelf<Long> payloads(KeyValueStore<Bytes, byte[]> store) {
        return byOffset(store, 'p');
    }

    /** What became of ids, and cancels of ids that have not come yet. */
    static Shelf<String> ids(KeyValueStore<Bytes, byte[]> store) {
        return new Shelf<>(
                store,
                'i',
                text -> text.getBytes(UTF_8),
                bytes -> UTF_8.decode(bytes).toString());
    }

    private static Shelf<Long> byOffset(KeyValueStore<Bytes, byte[]> store, char letter) {
        return new Shelf<>(
                store,
                letter,
                offset -> ByteBuffer.allocate(Long.BYTES).putLong(offset).array(),
                ByteBuffer::getLong);
    }

    byte @Nullable [] get(K key) {
        return store.get(bytes(key));
    }

    void put(K key, byte[] value) {
        store.put(bytes(key), value);
    }

    /** Without a look at what was there, as the store's own deletion would take. */
    @SuppressWarnings("NullAway") // the store is not annotated: null deletes
    void delete(K key) {
        store.put(bytes(key), null);
    }

    /** Shows everything of this kind, in the order of the keys' bytes. */
    void forEach(BiConsumer<K, byte[]> each) {
        Bytes end = Bytes.wrap(new byte[] {(byte) (letter + 1)});
        forEach(Bytes.wrap(new byte[] {letter}), end, each);
    }

    /** Shows what lies from one key to another, both included. */
    void forEach(K from, K to, BiConsumer<K, byte[]> each) {
        forEach(bytes(from), bytes(to), each);
    }

    /** Whether something that lies from one key to another, both included, is as asked for. */
    boolean anyMatch(K from, K to, BiPredicate<K, byte[]> asked) {
        return anyMatch(bytes(from), bytes(to), asked);
    }

    private void forEach(Bytes from, Bytes to, BiConsumer<K, byte[]> each) {
        boolean unused = anyMatch(from, to, (key, value) -> {
            each.accept(key, value);
            return false;
        });
    }

    private boolean anyMatch(Bytes from, Bytes to, BiPredicate<K, byte[]> asked) {
        try (KeyValueIterator<Bytes, byte[]> range = store.range(from, to)) {
            while (range.hasNext()) {
                KeyValue<Bytes, byte[]> next = range.next();
                byte[] key = next.key.get();
                if (asked.test(read.apply(ByteBuffer.wrap(key, 1, key.length - 1)), next.value)) {
                    return true;
                }
            }
        }
        return false;
    }

    private Bytes bytes(K key) {
        byte[] own = write.apply(key);
        return Bytes.wrap(
                ByteBuffer.allocate(1 + own.length).put(letter).put(own).array());
    }
}
