package dev.weir.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.weir.mutation.Rounds;
import dev.weir.mutation.Trees;
import dev.weir.permit.InboxMessage;
import dev.weir.permit.PermitCodec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever stands in the control topic: commands between are relayed, and what is relayed can be read. */
final class ControlMutationTest {
    @TempDir
    private Path folder;

    @Test
    void shouldRelayEveryCommandAmongMutatedOnes() {
        Rounds.play(getClass(), 5, (mutations, inputs) -> {
            try (TopologyTestDriver driver = driver()) {
                ByteArraySerializer writer = new ByteArraySerializer();
                ByteArrayDeserializer reader = new ByteArrayDeserializer();
                TestInputTopic<byte[], byte[]> control = driver.createInputTopic("control", writer, writer);
                Trees trees = new Trees(new JsonMapper(), mutations);
                List<String> good = new ArrayList<>();
                for (int i = 0; i < inputs; i++) {
                    byte[] valid = ControlCodec.write(
                            mutations.chance(70)
                                    ? new ControlCommand.Cancel("m" + i, "why")
                                    : new ControlCommand.Resume("grok-4.5"));
                    byte[] inside = ("{\"command\":\"cancel\",\"id\":\"m" + mutations.token() + "\"}").getBytes(UTF_8);
                    byte[] outside = mutations.chance(50) ? trees.change(valid) : mutations.bytes(valid);
                    control.pipeInput(new byte[0], mutations.chance(20) ? inside : outside);
                    if (mutations.chance(20)) {
                        good.add("good-" + i);
                        control.pipeInput(
                                new byte[0], ControlCodec.write(new ControlCommand.Cancel("good-" + i, null)));
                    }
                }
                List<String> relayed = new ArrayList<>();
                for (byte[] value :
                        driver.createOutputTopic("inbox", reader, reader).readValuesToList()) {
                    List<InboxMessage> messages = PermitCodec.decodeInbox(value).messages();
                    assertThat(messages).as("what was relayed").hasSize(1);
                    relayed.add(((InboxMessage.Cancel) messages.get(0)).id());
                }
                for (byte[] value :
                        driver.createOutputTopic("asks", reader, reader).readValuesToList()) {
                    assertThat(PermitCodec.decodeAsks(value).messages()).hasSize(1);
                }
                assertThat(relayed).containsAll(good);
            }
        });
    }

    private TopologyTestDriver driver() {
        ByteArraySerializer writer = new ByteArraySerializer();
        ByteArrayDeserializer reader = new ByteArrayDeserializer();
        Topology topology = new Topology()
                .addSource("control", reader, reader, "control")
                .addProcessor(
                        "relay",
                        new ControlRelay(new ControlMetrics(new SimpleMeterRegistry()), ControlFormat.json()),
                        "control")
                .addSink(ControlRelay.CANCELS_SINK, "inbox", writer, writer, "relay")
                .addSink(ControlRelay.RESUMES_SINK, "asks", writer, writer, "relay");
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "control-mutation");
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        config.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        return new TopologyTestDriver(topology, config);
    }
}
