package dev.weir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.event.WeirHeaders;
import dev.weir.schema.GrokRequest;
import dev.weir.schema.Message;
import dev.weir.schema.Role;
import dev.weir.simulator.LatencyModel;
import dev.weir.simulator.Limit;
import dev.weir.simulator.SimulatorSettings;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
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
            assertThat(gateway.health().ready().reasons()).noneMatch(reason -> reason.startsWith("registry"));
        }
    }

    @Test
    void shouldReadRecordByRecordAndRefuseWhatDoesNotFit() throws Exception {
        try (World world = new World(folder, SIMULATOR);
                Gateway gateway = start(world, "value.format=auto")) {
            world.publish("json", World.body("in JSON").getBytes(UTF_8));
            world.publish("later", later(register("later-" + System.nanoTime(), laterSchema())));
            world.publish("unknown", framed(987_654, new byte[] {1, 2, 3}));
            String other = "{\"type\":\"record\",\"name\":\"Other\",\"namespace\":\"dev.weir.schema\",\"fields\":"
                    + "[{\"name\":\"x\",\"type\":\"string\"}]}";
            world.publish("other", framed(register("other", other), new byte[] {2, 65}));
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
    void shouldKeepWhatItCannotReadWhileTheRegistryIsDown() throws Exception {
        int known = register("known", GrokRequest.getClassSchema().toString());
        int unknown = register("later-down", laterSchema().replace("added", "alsoAdded"));
        try (World world = new World(folder, SIMULATOR);
                Gateway gateway = start(world, "value.format=avro", "schema.registry.timeout.ms=1000")) {
            world.publish("before", framed(known, encoded(request("before"))));
            world.flush();
            assertThat(world.records(world.topics.responses(), 1, PATIENCE)).hasSize(1);

            registry.pause();
            try {
                world.publish("fresh", later(unknown, laterSchema().replace("added", "alsoAdded")));
                world.publish("cached", framed(known, encoded(request("cached"))));
                world.flush();
                assertThat(world.records(world.topics.responses(), 2, PATIENCE)).hasSize(2);
                await().atMost(PATIENCE)
                        .until(() -> gateway.health().ready().reasons().stream()
                                .anyMatch(reason -> reason.startsWith("registry (degraded)")));
            } finally {
                registry.resume();
            }

            List<ConsumerRecord<byte[], byte[]>> responses = world.records(world.topics.responses(), 3, PATIENCE);
            assertThat(responses)
                    .extracting(message -> new String(message.key(), UTF_8))
                    .containsExactlyInAnyOrder("before", "cached", "fresh");
            assertThat(world.records(world.topics.deadLetters(), 1, Duration.ofSeconds(1)))
                    .isEmpty();
        }
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
        register(subject, incompatible);
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
        String[] all = java.util.Arrays.copyOf(more, more.length + 1);
        all[more.length] = "schema.registry.url=" + registry.url();
        return Gateway.start(world.config(all), Gateway.Role.ALL);
    }

    private static int register(String subject, String schema) throws IOException, InterruptedException {
        ObjectMapper json = new ObjectMapper();
        HttpResponse<String> answer = registry.send(
                "POST", "/subjects/" + subject + "/versions", json.writeValueAsString(Map.of("schema", schema)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json.readTree(answer.body()).get("id").intValue();
    }

    private static GrokRequest request(String id) {
        return GrokRequest.newBuilder()
                .setId(id)
                .setModel("grok-4.5")
                .setMetadata(Map.of())
                .setMessages(List.of(Message.newBuilder()
                        .setRole(Role.user)
                        .setContent("the question of " + id)
                        .build()))
                .build();
    }

    private static String laterSchema() {
        String text = GrokRequest.getClassSchema().toString();
        return text.substring(0, text.lastIndexOf("]}"))
                + ",{\"name\":\"added\",\"type\":\"string\",\"default\":\"x\"}]}";
    }

    private static byte[] later(int id) throws IOException {
        return later(id, laterSchema());
    }

    private static byte[] later(int id, String schemaText) throws IOException {
        Schema schema = new Schema.Parser().parse(schemaText);
        Schema messageSchema = schema.getField("messages").schema().getElementType();
        GenericRecord message = new GenericRecordBuilder(messageSchema)
                .set(
                        "role",
                        new GenericData.EnumSymbol(
                                messageSchema.getField("role").schema(), "user"))
                .set("content", "asked in a later version")
                .build();
        return framed(
                id,
                encoded(new GenericRecordBuilder(schema)
                        .set("model", "grok-4.5")
                        .set("messages", List.of(message))
                        .build()));
    }

    private static byte[] encoded(org.apache.avro.generic.IndexedRecord message) throws IOException {
        var out = new java.io.ByteArrayOutputStream();
        var encoder = org.apache.avro.io.EncoderFactory.get().binaryEncoder(out, null);
        org.apache.avro.io.DatumWriter<org.apache.avro.generic.IndexedRecord> writer = message instanceof GrokRequest
                ? new org.apache.avro.specific.SpecificDatumWriter<>(message.getSchema())
                : new org.apache.avro.generic.GenericDatumWriter<>(message.getSchema());
        writer.write(message, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    private static byte[] framed(int id, byte[] value) {
        return ByteBuffer.allocate(5 + value.length)
                .put((byte) 0)
                .putInt(id)
                .put(value)
                .array();
    }
}
