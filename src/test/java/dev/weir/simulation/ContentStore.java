package dev.weir.simulation;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** A store of one driver over content that outlives it. */
final class ContentStore implements KeyValueStore<Bytes, byte[]> {
    private final String name;
    private final StoreContent content;
    private boolean open;

    private ContentStore(String name, StoreContent content) {
        this.name = name;
        this.content = content;
    }

    static <K> StoreBuilder<KeyValueStore<K, byte[]>> builder(
            String name, StoreContent content, Serde<K> keys, Serde<byte[]> values) {
        return Stores.keyValueStoreBuilder(new Supplier(name, content), keys, values)
                .withCachingDisabled()
                .withLoggingDisabled();
    }

    private record Supplier(String name, StoreContent content) implements KeyValueBytesStoreSupplier {
        @Override
        public KeyValueStore<Bytes, byte[]> get() {
            return new ContentStore(name, content);
        }

        @Override
        public String metricsScope() {
            return "simulated";
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        context.register(root, (key, value) -> {
            throw new IllegalStateException("nothing is restored: there is no changelog");
        });
        open = true;
    }

    @Override
    public void put(Bytes key, byte[] value) {
        content.put(key, value);
    }

    @Override
    public byte[] putIfAbsent(Bytes key, byte[] value) {
        byte[] known = get(key);
        if (known == null) {
            put(key, value);
        }
        return known;
    }

    @Override
    public void putAll(List<KeyValue<Bytes, byte[]>> entries) {
        entries.forEach(entry -> put(entry.key, entry.value));
    }

    @Override
    public byte[] delete(Bytes key) {
        return content.put(key, null);
    }

    @Override
    public byte[] get(Bytes key) {
        return content.entries().get(key);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
        return new Entries(content.entries().subMap(from, true, to, true));
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> all() {
        return new Entries(content.entries());
    }

    @Override
    public long approximateNumEntries() {
        return content.entries().size();
    }

    @Override
    public void close() {
        open = false;
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    /** Iterates over a copy, as the stores of Kafka Streams do. */
    private static final class Entries implements KeyValueIterator<Bytes, byte[]> {
        private final List<Map.Entry<Bytes, byte[]>> all;
        private final Iterator<Map.Entry<Bytes, byte[]>> rest;
        private int taken;

        private Entries(NavigableMap<Bytes, byte[]> of) {
            all = new ArrayList<>(of.entrySet());
            rest = all.iterator();
        }

        @Override
        public boolean hasNext() {
            return rest.hasNext();
        }

        @Override
        public KeyValue<Bytes, byte[]> next() {
            taken++;
            Map.Entry<Bytes, byte[]> next = rest.next();
            return KeyValue.pair(next.getKey(), next.getValue());
        }

        @Override
        public Bytes peekNextKey() {
            return all.get(taken).getKey();
        }

        @Override
        public void close() {}
    }
}
