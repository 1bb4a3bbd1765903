package dev.weir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.control.ControlCodec;
import dev.weir.control.ControlCommand;
import dev.weir.event.GrokResponse;
import dev.weir.event.ResponseStatus;
import dev.weir.simulator.LatencyModel;
import dev.weir.simulator.Limit;
import dev.weir.simulator.SimulatorSettings;
import dev.weir.status.StatusReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands and status through a real broker and a running gateway. */
@Timeout(240)
final class ControlIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    @Test
    void shouldExplainAHeldRequestAndCancelIt() {
        SimulatorSettings simulator =
                SimulatorSettings.defaults().withLimit(Limit.unlimited()).withLatency(new LatencyModel.Fixed(20));
        try (World world = new World(folder, simulator);
                Gateway gateway =
                        Gateway.start(world.config("quota.default.requests.per.second=1"), Gateway.Role.ALL)) {
            world.publish(120);
            world.publish(
                    "k",
                    ("{\"id\":\"last\",\"priority\":\"low\",\"body\":" + World.body("never") + "}").getBytes(UTF_8));
            world.flush();

            awaitStatus(world, "last", "waiting: about number ");
            assertThat(status(world, "last"))
                    .anyMatch(line -> line.contains("because: the limit of 1 requests a second is used up"))
                    .anyMatch(line -> line.contains("expected at"));
            assertThat(status(world, "grok-4.5")).anyMatch(line -> line.matches("grok-4.5 .* requests .*"));

            send(world, new ControlCommand.Cancel("last", "changed my mind"));
            awaitStatus(world, "last", "answered: cancelled");
            List<GrokResponse> responses = world.responses(Integer.MAX_VALUE, Duration.ofSeconds(3));
            assertThat(responses)
                    .filteredOn(response -> response.id().equals("last"))
                    .singleElement()
                    .satisfies(response -> {
                        assertThat(response.status()).isEqualTo(ResponseStatus.CANCELLED);
                        assertThat(response.error().message()).isEqualTo("cancelled on request: changed my mind");
                    });
            assertThat(gateway.meters()
                            .get("weir.control.commands")
                            .tag("command", "cancel")
                            .counter()
                            .count())
                    .isEqualTo(1);
        }
    }

    private static void awaitStatus(World world, String id, String expected) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(status(world, id)).anyMatch(line -> line.contains(expected)));
    }

    private static List<String> status(World world, String subject) {
        try (StatusReader reader = new StatusReader(new StatusReader.Settings(
                world.clients(), "grok.", dev.weir.event.EventTranslator.json(), "weir", 10_000))) {
            return reader.explain(subject, System.currentTimeMillis());
        }
    }

    private static void send(World world, ControlCommand command) {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(world.clients(), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                    world.topics.control(), command.subject().getBytes(UTF_8), ControlCodec.write(command)));
        }
    }
}
