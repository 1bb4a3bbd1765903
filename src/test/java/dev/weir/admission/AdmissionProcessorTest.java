package dev.weir.admission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Priority;
import dev.weir.permit.AskMessage;
import dev.weir.permit.CallEnd;
import dev.weir.permit.InboxMessage;
import dev.weir.permit.PermitCodec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AdmissionProcessorTest {
    private static final long START = 1_790_000_000_000L;

    @TempDir
    private Path folder;

    private final FakeHooks hooks = new FakeHooks();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AdmissionBoard board = new AdmissionBoard();
    private final Talk talk = new Talk(4, 5);
    private TopologyTestDriver driver;
    private TestInputTopic<byte[], byte[]> asks;
    private boolean running;

    @BeforeEach
    void start() {
        AdmissionParameters parameters = hooks.parameters(Talk.settings(2, 10), new AdmissionMetrics(registry, board));
        Topology topology = new Topology()
                .addSource("asks", new ByteArrayDeserializer(), new ByteArrayDeserializer(), "permits.asks")
                .addProcessor("admission", new AdmissionSupplier(parameters), "asks");
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "admission-test");
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        config.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        driver = new TopologyTestDriver(topology, config, Instant.ofEpochMilli(START));
        asks = driver.createInputTopic("permits.asks", new ByteArraySerializer(), new ByteArraySerializer());
        running = true;
        pass(5);
    }

    @AfterEach
    void stop() {
        if (running) {
            running = false;
            driver.close();
        }
    }

    @Test
    void shouldGrantInProcessWhenTheWindowIsFree() {
        tell(talk.ask(1));

        assertThat(hooks.sent).hasSize(1);
        FakeHooks.Sent sent = hooks.sent.get(0);
        assertThat(sent.partition()).as("the origin's inbox").isEqualTo(4);
        assertThat(sent.grant().asksPartition()).isEqualTo(3);
        assertThat(sent.grant().askEpoch()).isEqualTo(5);
        assertThat(sent.grant().ownerEpoch()).isEqualTo(START);
        assertThat(sent.grant().key()).isEqualTo(talk.key(1));
    }

    @Test
    void shouldSendAGrantOnlyOnceItsLeaseIsDurable() {
        hooks.acknowledging = false;

        tell(talk.ask(1));

        assertThat(hooks.sent).isEmpty();
        hooks.acknowledge();
        assertThat(hooks.takeOffsets()).containsExactly(1L);
    }

    @Test
    void shouldGrantByItselfWhenASlotIsFreeAgainAndThenRest() {
        for (long offset = 1; offset <= 3; offset++) {
            tell(talk.ask(offset));
        }
        assertThat(hooks.takeOffsets()).containsExactly(1L, 2L);
        tell(talk.started(1, 0));
        tell(talk.started(2, 0));
        assertThat(hooks.idle).as("needs ticks").isFalse();

        pass(905);
        assertThat(hooks.takeOffsets()).isEmpty();
        pass(10);
        assertThat(hooks.takeOffsets()).containsExactly(3L);

        for (long offset = 1; offset <= 3; offset++) {
            tell(talk.answered(offset, 0));
        }
        pass(3_000);
        assertThat(hooks.idle).isTrue();
        assertThat(board.find(Talk.SCOPE)).hasValueSatisfying(status -> {
            assertThat(status.inFlight()).isZero();
            assertThat(status.usedInWindow()).isZero();
        });
    }

    @Test
    void shouldGrantNothingAfterASilenceBeforeACommit() {
        leap(Duration.ofSeconds(4));

        tell(talk.ask(1));
        pass(500);
        assertThat(hooks.sent).isEmpty();

        hooks.commit();
        pass(5);
        assertThat(hooks.takeOffsets()).containsExactly(1L);
    }

    @Test
    void shouldSkipWhatIsNoPermitMessageAndCountIt() {
        asks.pipeInput("x".getBytes(UTF_8), "garbage".getBytes(UTF_8));
        asks.pipeInput("x".getBytes(UTF_8), (byte[]) null);
        tell(talk.ask(1));

        assertThat(hooks.takeOffsets()).containsExactly(1L);
        assertThat(registry.get("weir.admission.ignored")
                        .tag("why", "undecodable")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void shouldCountOldMessages() {
        AskMessage first = talk.ask(1);
        tell(first);
        tell(first);
        tell(new Talk(4, 1).ask(2));

        assertThat(hooks.takeOffsets()).containsExactly(1L);
        assertThat(hooks.outdated).containsExactly(new InboxMessage.Outdated(5));
        assertThat(registry.get("weir.admission.ignored").counters())
                .extracting(counter -> counter.getId().getTag("why"))
                .containsExactlyInAnyOrder("seen_before", "old_epoch");
    }

    @Test
    void shouldShowHowAScopeStandsAndTakeItDownOnClose() {
        for (long offset = 1; offset <= 3; offset++) {
            tell(talk.ask(offset, Priority.NORMAL, START));
        }
        tell(talk.settle(1, CallEnd.THROTTLED, 1L, 60_000L));
        pass(1_000);

        assertThat(registry.get("weir.admission.queued")
                        .tag("priority", "normal")
                        .gauge()
                        .value())
                .isEqualTo(1);
        assertThat(registry.get("weir.admission.bound")
                        .tag("by", "pause")
                        .gauge()
                        .value())
                .isEqualTo(1);
        assertThat(gauge("in.flight")).isEqualTo(1);
        assertThat(gauge("paused")).isEqualTo(1);
        assertThat(gauge("oldest.wait.seconds")).isBetween(0.9, 1.1);
        assertThat(registry.get("weir.admission.limit")
                        .tag("kind", "in_flight")
                        .gauge()
                        .value())
                .isEqualTo(10);
        assertThat(registry.get("weir.admission.grants").counter().count()).isEqualTo(2);
        assertThat(registry.get("weir.admission.throttled").counter().count()).isOne();
        assertThat(board.all()).extracting(AdmissionStatus::binding).containsExactly(Binding.PAUSE);

        stop();
        assertThat(board.all()).isEmpty();
        assertThat(registry.find("weir.admission.queued").gauge()).isNull();
    }

    private double gauge(String name) {
        return registry.get("weir.admission." + name)
                .tag("scope", Talk.SCOPE)
                .gauge()
                .value();
    }

    private void tell(AskMessage message) {
        asks.pipeInput(Talk.SCOPE.getBytes(UTF_8), PermitCodec.encode(message));
    }

    private void leap(Duration time) {
        hooks.steadyMillis += time.toMillis();
        driver.advanceWallClockTime(time);
    }

    /** In steps, as real time does; a leap is a silence. */
    private void pass(long millis) {
        for (long passed = 0; passed < millis; passed += 5) {
            leap(Duration.ofMillis(5));
        }
    }
}
