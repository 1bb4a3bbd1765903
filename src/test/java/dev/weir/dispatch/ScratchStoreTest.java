package dev.weir.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left on the disk of one task, and found by the next: nothing. */
final class ScratchStoreTest {
    private static final Bytes KEY = Bytes.wrap(new byte[] {1});

    @TempDir
    private Path folder;

    @Test
    void shouldBeEmptyWhateverWasLeftOnTheDisk() throws Exception {
        Path left = folder.resolve("t/0_0/rocksdb/store/CURRENT");
        Files.createDirectories(left.getParent());
        Files.writeString(left, "of a process that was killed");

        try (TopologyTestDriver driver = driver()) {
            assertThat(driver.<Bytes, byte[]>getKeyValueStore("store").get(KEY)).isNull();
        }
    }

    /** Without a driver, which clears the whole folder itself. */
    @Test
    void shouldLeaveNothingAfterAnOrderlyStop() {
        File disk = folder.resolve("rocksdb").toFile();
        MockProcessorContext<Void, Void> context =
                new MockProcessorContext<>(config(), new TaskId(0, 0), folder.toFile());
        KeyValueStore<Bytes, byte[]> store = ScratchStore.named("store").get();
        store.init(context.getStateStoreContext(), store);
        store.put(KEY, new byte[] {2});
        assertThat(store.get(KEY)).containsExactly(2);
        assertThat(disk).isDirectory();

        store.close();

        assertThat(disk).doesNotExist();
    }

    @Test
    @SuppressWarnings("deprecation") // as in the store
    void shouldBeRestoredFromTheBeginning() {
        StateStore store = ScratchStore.named("store").get();

        assertThat(store.persistent()).as("for the sake of the process id").isTrue();
        assertThat(store.managesOffsets()).isTrue();
        assertThat(store.committedOffset(new TopicPartition("t-store-changelog", 0)))
                .as("unknown")
                .isEqualTo(-4);
    }

    private Properties config() {
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "t");
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        config.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        return config;
    }

    private TopologyTestDriver driver() {
        Topology topology = new Topology()
                .addSource("in", new ByteArrayDeserializer(), new ByteArrayDeserializer(), "in")
                .addProcessor("node", Idle::new, "in")
                .addStateStore(
                        Stores.keyValueStoreBuilder(ScratchStore.named("store"), Serdes.Bytes(), Serdes.ByteArray()),
                        "node");
        return new TopologyTestDriver(topology, config());
    }

    private static final class Idle implements Processor<byte[], byte[], Void, Void> {
        @Override
        public void process(Record<byte[], byte[]> message) {}
    }
}
