package dev.weir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.broker.EmbeddedKafka;
import dev.weir.config.ConfigLoader;
import dev.weir.config.WeirConfig;
import dev.weir.event.EventTranslator;
import dev.weir.event.GrokResponse;
import dev.weir.event.ResponseCodec;
import dev.weir.simulator.SimulatedGrok;
import dev.weir.simulator.SimulatorSettings;
import dev.weir.topic.TopicAdmin;
import dev.weir.topic.TopicPlan;
import dev.weir.verify.Verifier;
import dev.weir.verify.VerifyReport;
import dev.weir.verify.VerifySettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A broker, a simulated Grok and what tests do with them; gateways are started by the tests. */
final class World implements AutoCloseable {
    static final String KEY = "xai-World1234567890abcdef";
    private static final int PARTITIONS = 3;
    private static final Duration READY = Duration.ofSeconds(30);

    final EmbeddedKafka kafka;
    final SimulatedGrok grok;
    final TopicPlan topics;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Path folder;

    World(Path folder, SimulatorSettings simulator) {
        this.folder = folder;
        this.kafka = EmbeddedKafka.start(null, 0);
        this.grok = SimulatedGrok.start(simulator.withApiKey(KEY));
        this.topics = Gateway.topicPlan(config());
        try (TopicAdmin admin = new TopicAdmin(clients())) {
            admin.createMissing(topics);
        }
        this.producer = new KafkaProducer<>(large(clients()), new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** The configuration of a gateway in this world, with more settings. */
    WeirConfig config(String... more) {
        return ConfigLoader.load(null, overrides(more), Map.of());
    }

    /** The same as {@code key=value} lines. */
    List<String> overrides(String... more) {
        List<String> all = new ArrayList<>(List.of(
                "bootstrap.servers=" + kafka.bootstrapServers(),
                "grok.base.url=" + grok.baseUrl(),
                "grok.api.key=" + KEY,
                "topics.partitions=" + PARTITIONS,
                "retry.backoff.base.ms=100",
                "retry.backoff.max.ms=1500",
                "retry.throttle.base.ms=100",
                "http.listen=127.0.0.1:0",
                "state.dir=" + folder.resolve("state")));
        all.addAll(Arrays.asList(more));
        return all;
    }

    /** A rebalance may be under way still; a dead thread stays dead. */
    static void awaitReady(Gateway gateway) {
        await().atMost(READY)
                .untilAsserted(
                        () -> assertThat(gateway.health().ready().reasons()).isEmpty());
    }

    static String body(String text) {
        return "{\"model\":\"grok-4.5\",\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]}";
    }

    void publish(int count) {
        for (int i = 0; i < count; i++) {
            publish("key-" + i, body("number " + i).getBytes(UTF_8));
        }
        producer.flush();
    }

    void publish(String key, byte[] value) {
        publish(key, value, Map.of());
    }

    void publish(String key, byte[] value, Map<String, String> headers) {
        byte[] keyBytes = key == null ? null : key.getBytes(UTF_8);
        ProducerRecord<byte[], byte[]> message = new ProducerRecord<>(topics.requests(), keyBytes, value);
        headers.forEach((name, text) -> message.headers().add(name, text.getBytes(UTF_8)));
        producer.send(message, (metadata, failure) -> {
            if (failure != null) {
                throw new IllegalStateException("a test request was not accepted", failure);
            }
        });
    }

    void flush() {
        producer.flush();
    }

    /** Responses as they come, until there are so many or patience ends. */
    List<GrokResponse> responses(int count, Duration patience) {
        return records(topics.responses(), count, patience).stream()
                .map(message -> ResponseCodec.read(message.value()))
                .toList();
    }

    /** Committed records from the beginning, until there are so many or patience ends. */
    List<ConsumerRecord<byte[], byte[]>> records(String topic, int count, Duration patience) {
        Map<String, Object> settings = clients();
        settings.put("isolation.level", "read_committed");
        List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
        long startedNanos = System.nanoTime();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList());
            consumer.seekToBeginning(consumer.assignment());
            while (all.size() < count && System.nanoTime() - startedNanos < patience.toNanos()) {
                consumer.poll(Duration.ofMillis(100)).forEach(all::add);
            }
        }
        return all;
    }

    /** The sum of a topic's end offsets, transaction markers included. */
    long endOffsets(String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(clients(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            return consumer.endOffsets(partitions).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }

    VerifyReport verify() {
        return verify(EventTranslator.json());
    }

    VerifyReport verify(EventTranslator events) {
        VerifySettings settings =
                new VerifySettings(clients(), "grok.", events, grok.baseUrl(), true, Duration.ofSeconds(10));
        return Verifier.verify(settings, System::nanoTime, unused -> {});
    }

    Map<String, Object> clients() {
        return new HashMap<>(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }

    /** The changelog topics of the cluster. */
    List<String> changelogs() {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(clients(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return consumer.listTopics().keySet().stream()
                    .filter(name -> name.endsWith("-changelog"))
                    .toList();
        }
    }

    private static Map<String, Object> large(Map<String, Object> settings) {
        settings.put("max.request.size", 16 << 20);
        return settings;
    }

    @Override
    public void close() {
        producer.close();
        grok.close();
        kafka.close();
    }
}
