package dev.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.broker.EmbeddedKafka;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class ControlCommandsIT {
    private static EmbeddedKafka broker;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void start() {
        broker = EmbeddedKafka.start(null, 0);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void shouldPublishCommandsUnderTheirSubject() {
        createTopics("publish.");

        assertThat(run("publish.", "cancel", "order-1", "--note", "too late")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("published to publish.control", "weir status order-1");
        assertThat(run("publish.", "resume", "grok-4.5")).isEqualTo(ExitCode.OK);

        assertThat(read("publish.control", 2))
                .containsEntry("order-1", "{\"command\":\"cancel\",\"id\":\"order-1\",\"note\":\"too late\"}")
                .containsEntry("grok-4.5", "{\"command\":\"resume\",\"scope\":\"grok-4.5\"}");
    }

    @Test
    void shouldRefuseWhatIsNoCommandAndTopicsThatAreMissing() {
        assertThat(run("publish.", "cancel", "")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("id is \"\", expected 1 to 256 characters");
        assertThat(run("nowhere.", "cancel", "a")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("a topic is missing (nowhere.control)");
        assertThat(run("nowhere.", "status")).isEqualTo(ExitCode.USAGE);
        assertThat(run("publish.", "status", "--scan", "0")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void shouldTellThatThereIsNothingToTell() {
        createTopics("empty.");

        assertThat(run("empty.", "status")).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains("no scope has been reported");
        assertThat(run("empty.", "status", "order-1")).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains("there is no scope order-1 and no request with that id");
    }

    @Test
    void shouldFindARequestByItsIdAndByItsCoordinates() {
        createTopics("find.");
        String body = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
        publish("find.requests", "k", "{\"id\":\"order-1\",\"body\":" + body + "}");
        publish("find.requests", "k", body);
        publish("find.status", "m", "{\"scope\":\"m\",\"at\":1,\"waiting\":0,\"maxInFlight\":7}");
        publish("find.status", "gone", "{\"scope\":\"gone\",\"at\":1}");
        publish("find.status", "gone", null);

        assertThat(run("find.", "status", "order-1")).isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .contains("(id order-1), published ", "no outcome yet")
                .hasLineCount(2);
        String coordinates = out.toString().substring(0, out.toString().indexOf(' '));
        assertThat(run("find.", "status", coordinates)).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).startsWith(coordinates + " (id order-1)");

        assertThat(run("find.", "status")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("0 of 7", "stale").doesNotContain("gone");
        assertThat(run("find.", "status", "m")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("0 of 7");
    }

    private void createTopics(String prefix) {
        out.getBuffer().setLength(0);
        int code = Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(
                        "topics",
                        "--set",
                        "topic.prefix=" + prefix,
                        "--set",
                        "bootstrap.servers=" + broker.bootstrapServers());
        assertThat(code).as(err.toString()).isZero();
    }

    private int run(String prefix, String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--prefix", prefix, "--bootstrap-servers", broker.bootstrapServers()));
        return Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all.toArray(String[]::new));
    }

    private static void publish(String topic, String key, String value) {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, null, key, value));
        }
    }

    private static Map<String, String> read(String topic, int count) {
        Map<String, String> values = new TreeMap<>();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.assign(consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList());
            consumer.seekToBeginning(consumer.assignment());
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(next -> values.put(next.key(), next.value()));
                return values.size() >= count;
            });
        }
        assertThat(values.values()).allMatch(value -> value.getBytes(UTF_8).length < 1_000);
        return values;
    }
}
