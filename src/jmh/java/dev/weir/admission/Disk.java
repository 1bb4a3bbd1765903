package dev.weir.admission;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Properties;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/** The store of admission as the product builds it, in a folder of its own and without a changelog. */
final class Disk implements AutoCloseable {
    private final File folder;
    private final KeyValueStore<Bytes, byte[]> store;
    private final StoreLog log;

    Disk() {
        try {
            folder = Files.createTempDirectory("weir-jmh").toFile();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "jmh");
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        StateStoreContext context = new MockProcessorContext<>(
                        config, new org.apache.kafka.streams.processor.TaskId(0, 0), folder)
                .getStateStoreContext();
        store = AdmissionSupplier.store().withLoggingDisabled().build();
        store.init(context, store);
        log = new StoreLog(store);
    }

    StoreLog log() {
        return log;
    }

    @Override
    public void close() {
        store.close();
        try {
            Utils.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
