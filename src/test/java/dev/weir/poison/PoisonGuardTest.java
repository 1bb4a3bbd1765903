package dev.weir.poison;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PoisonGuardTest {
    @TempDir
    private Path folder;

    private final List<String> read = new ArrayList<>();
    private final Suspects suspects = new Suspects();

    private final class Delicate implements Processor<byte[], byte[], Void, Void> {
        @Override
        public void process(Record<byte[], byte[]> message) {
            String text = new String(message.value(), UTF_8);
            read.add(text);
            if (text.equals("poison")) {
                throw new IllegalStateException("poisoned");
            }
        }
    }

    @Test
    void shouldSkipARecordAtItsThirdReading() {
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> play("poison")).hasRootCauseMessage("poisoned");
        }
        play("poison", "good");

        assertThat(read).containsExactly("poison", "poison", "good");
    }

    /** A new life of the task, which reads from the beginning. */
    private void play(String... values) {
        Topology topology = new Topology()
                .addSource("in", new ByteArrayDeserializer(), new ByteArrayDeserializer(), "in")
                .addProcessor("node", new PoisonGuard<>(Delicate::new, suspects), "in");
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "guard");
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        config.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        try (TopologyTestDriver driver = new TopologyTestDriver(topology, config)) {
            TestInputTopic<byte[], byte[]> in =
                    driver.createInputTopic("in", new ByteArraySerializer(), new ByteArraySerializer());
            for (String value : values) {
                in.pipeInput(new byte[0], value.getBytes(UTF_8));
            }
        }
    }
}
