package dev.weir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.Server;
import dev.weir.broker.EmbeddedKafka;
import dev.weir.config.ConfigLoader;
import dev.weir.config.WeirConfig;
import dev.weir.event.GrokResponse;
import dev.weir.event.ResponseCodec;
import dev.weir.event.ResponseStatus;
import dev.weir.topic.TopicAdmin;
import dev.weir.topic.TopicPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole gateway against a real broker and an HTTP server in Grok's place. */
final class GatewayIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void shouldAnswerEveryRequest() {
        Server grok = Server.builder()
                .http(0)
                .service(
                        "/v1/chat/completions",
                        (context, request) -> HttpResponse.of(
                                HttpStatus.OK,
                                MediaType.JSON,
                                "{\"model\":\"grok-4.5\",\"choices\":[{\"message\":{\"content\":\"hello\"}}],"
                                        + "\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":1,\"total_tokens\":4}}"))
                .build();
        grok.start().join();
        try (EmbeddedKafka kafka = EmbeddedKafka.start(null, 0)) {
            WeirConfig config = config(kafka.bootstrapServers(), grok.activeLocalPort());
            TopicPlan plan = Gateway.topicPlan(config);
            try (TopicAdmin admin = new TopicAdmin(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
                admin.createMissing(plan);
            }
            try (Gateway gateway = Gateway.start(config, Gateway.Role.ALL)) {
                publish(kafka.bootstrapServers(), plan.requests(), 50);
                List<GrokResponse> responses = responses(kafka.bootstrapServers(), plan.responses(), 50);

                assertThat(responses).hasSize(50).allMatch(r -> r.status() == ResponseStatus.SUCCEEDED);
                assertThat(responses.stream().map(r -> r.source()).distinct()).hasSize(50);
                assertThat(gateway.health().reasonsNotReady()).isEmpty();
            }
        } finally {
            grok.stop().join();
        }
    }

    private WeirConfig config(String bootstrapServers, int grokPort) {
        return ConfigLoader.load(
                null,
                List.of(
                        "bootstrap.servers=" + bootstrapServers,
                        "grok.base.url=http://127.0.0.1:" + grokPort,
                        "grok.api.key=test",
                        "topics.partitions=3",
                        "quota.default.requests.per.second=100",
                        "http.listen=127.0.0.1:0",
                        "state.dir=" + folder.resolve("state")),
                Map.of());
    }

    private static void publish(String bootstrapServers, String topic, int count) {
        Properties settings = new Properties();
        settings.put("bootstrap.servers", bootstrapServers);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < count; i++) {
                String body = "{\"model\":\"grok-4.5\",\"messages\":[{\"role\":\"user\",\"content\":\"" + i + "\"}]}";
                producer.send(new ProducerRecord<>(topic, ("key-" + i).getBytes(UTF_8), body.getBytes(UTF_8)));
            }
        }
    }

    private static List<GrokResponse> responses(String bootstrapServers, String topic, int count) {
        Properties settings = new Properties();
        settings.put("bootstrap.servers", bootstrapServers);
        settings.put("group.id", "test");
        settings.put("auto.offset.reset", "earliest");
        settings.put("isolation.level", "read_committed");
        List<GrokResponse> all = new ArrayList<>();
        long startedNanos = System.nanoTime();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(topic));
            while (all.size() < count && System.nanoTime() - startedNanos < PATIENCE.toNanos()) {
                consumer.poll(Duration.ofMillis(200)).forEach(r -> all.add(ResponseCodec.read(r.value())));
            }
        }
        return all;
    }
}
