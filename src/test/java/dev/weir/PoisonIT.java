package dev.weir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.GrokResponse;
import dev.weir.event.Reason;
import dev.weir.event.ResponseStatus;
import dev.weir.simulator.LatencyModel;
import dev.weir.simulator.Limit;
import dev.weir.simulator.SimulatorSettings;
import dev.weir.verify.VerifyReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A request whose outcome no thread survives: threads are replaced, the request is dead-lettered, the rest goes on. */
final class PoisonIT {
    @TempDir
    private Path folder;

    /** Fails at every response that carries a certain word of its request. */
    public static final class Picky implements Serializer<Object> {
        @Override
        public byte[] serialize(String topic, Object data) {
            String text = data.toString();
            if (text.contains("poison")) {
                throw new IllegalArgumentException("not this one");
            }
            return text.getBytes(UTF_8);
        }
    }

    @Test
    void shouldDeadLetterThePoisonAndAnswerTheRest() {
        SimulatorSettings simulator =
                SimulatorSettings.defaults().withLimit(Limit.unlimited()).withLatency(new LatencyModel.Fixed(20));
        try (World world = new World(folder, simulator)) {
            try (Gateway gateway = Gateway.start(
                    world.config("quota.default.requests.per.second=0", "value.serializer=" + Picky.class.getName()),
                    Gateway.Role.ALL)) {
                world.publish(20);
                String poison = "{\"id\":\"p\",\"metadata\":{\"word\":\"poison\"},\"body\":" + World.body("hi") + "}";
                world.publish("key-1", poison.getBytes(UTF_8));
                world.publish(20);

                List<GrokResponse> responses = world.responses(41, Duration.ofSeconds(120));

                assertThat(responses).hasSize(41);
                assertThat(responses)
                        .filteredOn(response -> response.status() != ResponseStatus.SUCCEEDED)
                        .singleElement()
                        .satisfies(response -> {
                            assertThat(response.id()).isEqualTo("p");
                            assertThat(response.error().reason()).isEqualTo(Reason.INTERNAL);
                        });
                VerifyReport report = world.verify();
                assertThat(report.promiseKept()).as(report.toString()).isTrue();
                assertThat(world.records(world.topics.deadLetters(), 1, Duration.ofSeconds(10)))
                        .singleElement()
                        .satisfies(letter ->
                                assertThat(new String(letter.value(), UTF_8)).isEqualTo(poison));
                assertThat(gateway.meters()
                                .get("weir.threads.replaced")
                                .tag("app", "dispatch")
                                .counter()
                                .count())
                        .isEqualTo(2);
                assertThat(gateway.health().live().up()).isTrue();
            }
        }
    }
}
