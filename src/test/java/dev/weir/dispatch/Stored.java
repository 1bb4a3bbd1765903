package dev.weir.dispatch;

import dev.weir.event.Priority;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** Stores of tests that need no topology, and what lies in them. */
final class Stored {
    private Stored() {}

    static KeyValueStore<Bytes, byte[]> inMemory() {
        KeyValueStore<Bytes, byte[]> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(Dispatch.STORE), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        MockProcessorContext<Void, Void> context = new MockProcessorContext<>();
        store.init(context.getStateStoreContext(), store);
        return store;
    }

    /** An open request of that id. */
    static Entry entry(String id, Status status) {
        return new Entry(id, true, 0, "m", "m", Priority.NORMAL, "", 1, null, 2, null, Progress.at(1), status, null);
    }
}
