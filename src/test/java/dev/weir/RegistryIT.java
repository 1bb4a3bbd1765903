package dev.weir;

import static dev.weir.AvroRequests.framed;
import static dev.weir.AvroRequests.later;
import static dev.weir.AvroRequests.laterSchema;
import static dev.weir.AvroRequests.publish;
import static dev.weir.AvroRequests.register;
import static dev.weir.AvroRequests.request;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.config.WeirConfig;
import dev.weir.event.WeirHeaders;
import dev.weir.schema.GrokRequest;
import dev.weir.simulator.LatencyModel;
import dev.weir.simulator.Limit;
import dev.weir.simulator.SimulatorSettings;
import dev.weir.verify.VerifyReport;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events in Avro against a real registry, with the genuine Confluent serializers on the other side. */
final class RegistryIT {
    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final SimulatorSettings SIMULATOR =
            SimulatorSettings.defaults().withLimit(Limit.unlimited()).withLatency(new LatencyModel.Fixed(5));

    private static RegistryProcess registry;
    private static Confluent confluent;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws IOException {
        confluent = new Confluent();
        registry = RegistryProcess.start();
    }

    @AfterAll
    static void stop() throws IOException {
        registry.close();
        confluent.close();
    }

    @Test
    void shouldAnswerInAvroWhatConfluentsSerializerAskedInAvro() throws Exception {
        try (World world = new World(folder, SIMULATOR);
                Gateway gateway = start(world, "value.format=avro");
                Serializer<Object> serializer = confluent.serializer(registry.url());
                Deserializer<Object> deserializer = confluent.deserializer(registry.url())) {
            for (int i = 0; i < 20; i++) {
                world.publish("key-" + i, serializer.serialize(world.topics.requests(), request("avro-" + i)));
            }
            world.flush();

            List<ConsumerRecord<byte[], byte[]>> responses = world.records(world.topics.responses(), 20, PATIENCE);

            assertThat(responses).hasSize(20);
            assertThat(responses).allSatisfy(message -> {
                GenericRecord response =
                        (GenericRecord) deserializer.deserialize(world.topics.responses(), message.value());
                assertThat(response.get("id").toString()).startsWith("avro-");
                assertThat(response.get("status")).hasToString("succeeded");
                assertThat(response.get("content")).isNotNull();
                assertThat(message.key())
                        .asString(UTF_8)
                        .isEqualTo("key-" + response.get("id").toString().substring("avro-".length()));
            });
            assertThat(registry.send("GET", "/subjects", null).body()).contains("grok.responses-value");
            AvroRequests.cancel(world, serializer);
            await().atMost(PATIENCE).until(() -> AvroRequests.cancels(gateway) == 1);
            assertThat(gateway.health().ready().reasons()).noneMatch(reason -> reason.startsWith("registry"));
        }
    }

    @Test
    void shouldReadRecordByRecordAndRefuseWhatDoesNotFit() throws Exception {
        try (World world = new World(folder, SIMULATOR);
                Gateway gateway = start(world, "value.format=auto")) {
            world.publish("json", World.body("in JSON").getBytes(UTF_8));
            world.publish("later", later(register(registry, "later-" + System.nanoTime(), laterSchema())));
            world.publish("unknown", framed(987_654, new byte[] {1, 2, 3}));
            String other = "{\"type\":\"record\",\"name\":\"Other\",\"namespace\":\"dev.weir.schema\",\"fields\":"
                    + "[{\"name\":\"x\",\"type\":\"string\"}]}";
            world.publish("other", framed(register(registry, "other", other), new byte[] {2, 65}));
            world.flush();

            List<ConsumerRecord<byte[], byte[]>> letters = world.records(world.topics.deadLetters(), 2, PATIENCE);
            List<dev.weir.event.GrokResponse> responses = world.responses(4, PATIENCE);

            assertThat(letters)
                    .extracting(letter -> new String(letter.key(), UTF_8))
                    .containsExactlyInAnyOrder("unknown", "other");
            assertThat(letters).allSatisfy(letter -> {
                Header reason = letter.headers().lastHeader(WeirHeaders.REASON);
                assertThat(reason.value()).asString(UTF_8).isEqualTo("undecodable");
                assertThat(letter.value()[0]).as("the original bytes").isZero();
            });
            assertThat(responses)
                    .filteredOn(response -> response.error() == null)
                    .hasSize(2);
            assertThat(gateway.health().ready().up()).isTrue();
        }
    }

    @Test
    void shouldReadTheSecondVersionOfASubjectBesideTheFirst() throws Exception {
        String subject = "evolving-value";
        registry.send("PUT", "/config/" + subject, "{\"compatibility\":\"FULL\"}");
        int first = register(registry, subject, GrokRequest.getClassSchema().toString());
        int second = register(registry, subject, laterSchema());
        HttpResponse<String> refused = AvroRequests.post(
                registry, subject, laterSchema().replace("\"name\":\"model\"", "\"name\":\"engine\""));

        assertThat(registry.send("GET", "/subjects/" + subject + "/versions", null)
                        .body())
                .isEqualTo("[1,2]");
        assertThat(first).isNotEqualTo(second);
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(409);
        try (World world = new World(folder, SIMULATOR);
                Gateway gateway = start(world, "value.format=avro");
                Deserializer<Object> deserializer = confluent.deserializer(registry.url())) {
            publish(world, "first", 3, first);
            for (int i = 0; i < 3; i++) {
                world.publish("second-" + i, later(second));
            }
            world.flush();

            List<ConsumerRecord<byte[], byte[]>> responses = world.records(world.topics.responses(), 6, PATIENCE);
            assertThat(keys(responses)).hasSize(6).doesNotHaveDuplicates();
            assertThat(responses)
                    .extracting(message -> ((GenericRecord)
                                    deserializer.deserialize(world.topics.responses(), message.value()))
                            .get("status")
                            .toString())
                    .containsOnly("succeeded");
            assertThat(gateway.health().ready().up()).isTrue();
        }
    }

    /** Nothing is lost over the stop, and nothing dead-lettered that a registry could have told. */
    @Test
    void shouldLoseNothingWhenTheRegistryStopsAndStartsAgain() throws Exception {
        String schema = laterSchema().replace("added", "alsoAdded");
        int known = register(registry, "known", GrokRequest.getClassSchema().toString());
        int unknown = register(registry, "later-down", schema);
        try (World world = new World(folder, SIMULATOR);
                Gateway gateway = start(world, "value.format=avro", "schema.registry.timeout.ms=2000");
                Translators events = Translators.open(config(world, "value.format=avro"))) {
            publish(world, "before", 10, known);
            world.flush();
            assertThat(world.records(world.topics.responses(), 10, PATIENCE)).hasSize(10);

            registry.halt();
            for (int i = 0; i < 10; i++) {
                world.publish("fresh-" + i, later(unknown, schema));
            }
            publish(world, "cached", 10, known);
            world.flush();
            assertThat(keys(world.records(world.topics.responses(), 20, PATIENCE)))
                    .as("what is cached goes on")
                    .hasSize(20)
                    .noneMatch(key -> key.startsWith("fresh"));
            await().atMost(PATIENCE)
                    .until(() -> gateway.health().ready().reasons().stream()
                            .anyMatch(reason -> reason.startsWith("registry (degraded)")));
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(gateway.meters().get("weir.undecoded").gauge().value())
                        .isEqualTo(10);
                assertThat(gateway.meters().get("weir.registry.failing").gauge().value())
                        .isEqualTo(1);
            });

            registry.startAgain();
            publish(world, "after", 10, known);
            world.flush();

            List<ConsumerRecord<byte[], byte[]>> responses = world.records(world.topics.responses(), 40, PATIENCE);
            assertThat(keys(responses)).hasSize(40).doesNotHaveDuplicates();
            assertThat(responses)
                    .allSatisfy(message -> assertThat(message.headers()
                                    .lastHeader(WeirHeaders.STATUS)
                                    .value())
                            .asString(UTF_8)
                            .isEqualTo("succeeded"));
            assertThat(world.records(world.topics.deadLetters(), 1, Duration.ofSeconds(1)))
                    .isEmpty();
            VerifyReport report = world.verify(events.events());
            assertThat(report.promiseKept()).as(report.toString()).isTrue();
            assertThat(report.answered()).isEqualTo(40);
            assertThat(gateway.health().ready().reasons()).noneMatch(reason -> reason.startsWith("registry"));
            assertThat(gateway.meters().get("weir.undecoded").gauge().value()).isZero();
        }
    }

    private static List<String> keys(List<ConsumerRecord<byte[], byte[]>> messages) {
        return messages.stream()
                .map(message -> new String(message.key(), UTF_8))
                .toList();
    }

    @Test
    void shouldUseConfluentsSerializersWhereTheyAreNamed() throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader own = thread.getContextClassLoader();
        thread.setContextClassLoader(confluent.loader());
        try (World world = new World(folder, SIMULATOR);
                Gateway gateway = start(
                        world,
                        "value.format=avro",
                        "value.deserializer=" + Confluent.DESERIALIZER,
                        "value.serializer=" + Confluent.SERIALIZER);
                Serializer<Object> serializer = confluent.serializer(registry.url());
                Deserializer<Object> deserializer = confluent.deserializer(registry.url())) {
            world.publish("key", serializer.serialize(world.topics.requests(), request("plugged")));
            world.publish("junk", framed(987_654, new byte[] {1, 2, 3}));
            world.flush();

            List<ConsumerRecord<byte[], byte[]>> responses = world.records(world.topics.responses(), 2, PATIENCE);
            assertThat(responses)
                    .extracting(message -> ((GenericRecord)
                                    deserializer.deserialize(world.topics.responses(), message.value()))
                            .get("status")
                            .toString())
                    .containsExactlyInAnyOrder("succeeded", "failed");
            assertThat(gateway.health().live().up()).isTrue();
        } finally {
            thread.setContextClassLoader(own);
        }
    }

    @Test
    void shouldRefuseToStartWithASchemaThatTheSubjectRefuses() throws Exception {
        String subject = "grok.responses-dev.weir.schema.GrokResponse";
        String incompatible =
                "{\"type\":\"record\",\"name\":\"GrokResponse\",\"namespace\":\"dev.weir.schema\",\"fields\":"
                        + "[{\"name\":\"id\",\"type\":\"long\"}]}";
        register(registry, subject, incompatible);
        HttpResponse<String> set = registry.send("PUT", "/config/" + subject, "{\"compatibility\":\"FULL\"}");
        assertThat(set.statusCode()).as(set.body()).isEqualTo(200);

        try (World world = new World(folder, SIMULATOR)) {
            assertThatThrownBy(() -> start(world, "value.format=avro", "value.subject.name.strategy=topic-record"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(subject)
                    .hasMessageContaining("409");
        }
    }

    @Test
    void shouldServeAClientInAnotherLanguage() throws Exception {
        try (World world = new World(folder, SIMULATOR);
                Gateway gateway = start(world, "value.format=avro")) {
            List<String> responses = KafkaJs.roundTrip(world, registry.url(), 5);

            ObjectMapper json = new ObjectMapper();
            assertThat(responses).hasSize(5).allSatisfy(line -> {
                JsonNode response = json.readTree(line);
                assertThat(response.get("status").textValue()).isEqualTo("succeeded");
                assertThat(response.get("content").textValue()).isNotEmpty();
                assertThat(response.get("client").textValue()).isEqualTo("kafkajs");
                assertThat(response.get("priority").textValue()).isEqualTo("high");
                String number = response.get("id").textValue().substring("kafkajs-".length());
                assertThat(response.get("key").textValue()).isEqualTo("key-" + number);
            });
            assertThat(gateway.health().live().up()).isTrue();
        }
    }

    private static Gateway start(World world, String... more) {
        return Gateway.start(config(world, more), Gateway.Role.ALL);
    }

    /** A crowded machine makes the registry slow: patience, unless a test says otherwise. */
    private static WeirConfig config(World world, String... more) {
        List<String> all =
                new ArrayList<>(List.of("schema.registry.url=" + registry.url(), "schema.registry.timeout.ms=60000"));
        all.addAll(List.of(more));
        return world.config(all.toArray(new String[0]));
    }
}
