package dev.weir.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.control.ControlCommand.Cancel;
import dev.weir.control.ControlCommand.Resume;
import dev.weir.permit.AskMessage;
import dev.weir.permit.InboxMessage;
import dev.weir.permit.PermitCodec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ControlRelayTest {
    @TempDir
    private Path folder;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private boolean registryIsDown;
    private TopologyTestDriver driver;
    private TestInputTopic<byte[], byte[]> control;
    private TestOutputTopic<byte[], byte[]> inbox;
    private TestOutputTopic<byte[], byte[]> asks;

    @BeforeEach
    void start() {
        ByteArraySerializer writer = new ByteArraySerializer();
        ByteArrayDeserializer reader = new ByteArrayDeserializer();
        Topology topology = new Topology()
                .addSource("control", reader, reader, "control")
                .addProcessor("relay", new ControlRelay(new ControlMetrics(meters), this::read), "control")
                .addSink(ControlRelay.CANCELS_SINK, "inbox", writer, writer, new EveryPartition(), "relay")
                .addSink(ControlRelay.RESUMES_SINK, "asks", writer, writer, "relay");
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "control-test");
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        config.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        driver = new TopologyTestDriver(topology, config);
        control = driver.createInputTopic("control", writer, writer);
        inbox = driver.createOutputTopic("inbox", reader, reader);
        asks = driver.createOutputTopic("asks", reader, reader);
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void shouldRelayACancelToTheInboxes() {
        control.pipeInput(new byte[0], ControlCodec.write(new Cancel("a", "why")));

        assertThat(PermitCodec.decodeInbox(inbox.readValue()).messages())
                .containsExactly(new InboxMessage.Cancel("a", "why"));
        assertThat(asks.isEmpty()).isTrue();
    }

    @Test
    void shouldRelayAResumeByItsScope() {
        control.pipeInput(new byte[0], ControlCodec.write(new Resume("grok-4.5")));

        TestRecord<byte[], byte[]> resume = asks.readRecord();
        assertThat(new String(resume.key(), UTF_8)).isEqualTo("grok-4.5");
        assertThat(PermitCodec.decodeAsks(resume.value()).messages())
                .containsExactly(new AskMessage.Resume("grok-4.5"));
        assertThat(inbox.isEmpty()).isTrue();
    }

    @Test
    void shouldCountAndSkipWhatIsNoCommand() {
        control.pipeInput(new byte[0], "stop it".getBytes(UTF_8));
        control.pipeInput(new TestRecord<>(new byte[0], null));
        control.pipeInput(new byte[0], ControlCodec.write(new Cancel("a", null)));

        assertThat(inbox.readRecordsToList()).hasSize(1);
        assertThat(count("unreadable")).isEqualTo(2);
        assertThat(count("cancel")).isEqualTo(1);
    }

    @Test
    void shouldChooseEveryPartition() {
        assertThat(new EveryPartition().partitions("inbox", new byte[0], new byte[0], 3))
                .contains(Set.of(0, 1, 2));
    }

    /** Values with a schema named are unknown while the registry is down. */
    private ControlFormat.Reading read(byte[] value, byte[] schemaHeader) {
        return registryIsDown && schemaHeader != null
                ? new ControlFormat.Reading.Unavailable("the registry is down")
                : ControlCodec.read(value);
    }

    private void pipeFramed(byte[] value) {
        RecordHeaders headers = new RecordHeaders();
        headers.add("__value_schema_id", new byte[] {0, 0, 0, 0, 1});
        control.pipeInput(new TestRecord<>(new byte[0], value, headers));
    }

    @Test
    void shouldKeepACommandUntilItsSchemaIsKnown() {
        registryIsDown = true;
        pipeFramed(ControlCodec.write(new Cancel("a", null)));
        pipeFramed("no command".getBytes(UTF_8));
        pipeFramed(ControlCodec.write(new Cancel("b", null)));
        control.pipeInput(new byte[0], ControlCodec.write(new Resume("m")));
        driver.advanceWallClockTime(Duration.ofSeconds(5));

        assertThat(asks.readRecordsToList()).as("the others go on").hasSize(1);
        assertThat(inbox.isEmpty()).isTrue();
        assertThat(waiting()).isEqualTo(3);
        assertThat(driver.getKeyValueStore(WaitingCommands.STORE).approximateNumEntries())
                .as("a restart would find them")
                .isEqualTo(3);

        registryIsDown = false;
        driver.advanceWallClockTime(Duration.ofSeconds(1));

        assertThat(inbox.readValuesToList())
                .flatExtracting(value -> PermitCodec.decodeInbox(value).messages())
                .containsExactly(new InboxMessage.Cancel("a", null), new InboxMessage.Cancel("b", null));
        assertThat(count("unreadable")).isEqualTo(1);
        assertThat(waiting()).isZero();
        driver.advanceWallClockTime(Duration.ofSeconds(5));
        assertThat(inbox.isEmpty()).isTrue();
    }

    @Test
    void shouldBoundWhatWaits() {
        registryIsDown = true;
        pipeFramed(new byte[WaitingCommands.LONGEST_VALUE + 1]);
        assertThat(waiting()).isZero();
        for (int i = 0; i < WaitingCommands.MOST + 1; i++) {
            pipeFramed(new byte[0]);
        }

        assertThat(waiting()).isEqualTo(WaitingCommands.MOST);
        assertThat(count("unreadable")).isEqualTo(2);
        stop();
        assertThat(waiting()).as("of a task that has gone").isZero();
        start();
    }

    private double waiting() {
        return meters.get("weir.control.waiting").gauge().value();
    }

    private double count(String command) {
        return meters.get("weir.control.commands")
                .tag("command", command)
                .counter()
                .count();
    }
}
