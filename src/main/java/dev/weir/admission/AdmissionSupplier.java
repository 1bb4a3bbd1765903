package dev.weir.admission;

import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The admission node of a topology, with its store: reads the asks topic as bytes, forwards nothing. Its application
 * needs {@code at_least_once}, a commit interval of a second at most, and a producer linger of 0, as every grant waits
 * for the acknowledgement of its lease.
 */
public final class AdmissionSupplier implements ProcessorSupplier<byte[], byte[], Void, Void> {
    /**
     * The one store. Persistent, so that a process keeps its id over a restart, reads its queue back from its own disk,
     * and holds no second copy of it in its heap.
     */
    public static final String STORE = "permits";

    private final AdmissionParameters parameters;

    /** Supplies processors that share these parameters. */
    public AdmissionSupplier(AdmissionParameters parameters) {
        this.parameters = parameters;
    }

    /** The builder of the store, which {@link #stores()} adds to the topology by itself. */
    public static StoreBuilder<KeyValueStore<Bytes, byte[]>> store() {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(STORE), Serdes.Bytes(), Serdes.ByteArray())
                .withCachingDisabled();
    }

    @Override
    public Processor<byte[], byte[], Void, Void> get() {
        return new AdmissionProcessor(parameters);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        return Set.of(store());
    }
}
