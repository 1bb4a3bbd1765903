package dev.weir.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class EmbeddedKafkaIT {
    private static final String TOPIC = "letters";

    @Test
    void shouldKeepCommittedRecordsAcrossARestartOnTheSameFolder(@TempDir Path data) throws Exception {
        try (EmbeddedKafka first = EmbeddedKafka.start(data, 0)) {
            createTopic(first);
            produce(first, "aborted", false);
            produce(first, "kept", true);
            assertThat(committed(first, 1)).containsExactly("kept");
        }
        try (EmbeddedKafka second = EmbeddedKafka.start(data, 0)) {
            produce(second, "later", true);
            assertThat(committed(second, 2)).containsExactly("kept", "later");
        }
    }

    @Test
    void shouldListenOnThePortThatWasAskedForAndOnlyOnce() {
        try (EmbeddedKafka broker = EmbeddedKafka.start(null, 0)) {
            assertThat(broker.bootstrapServers()).isEqualTo("127.0.0.1:" + broker.port());
            assertThatThrownBy(() -> EmbeddedKafka.start(null, broker.port()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("port " + broker.port())
                    .hasMessageContaining("in use");
        }
    }

    @Test
    void shouldRefuseAFolderThatAnotherBrokerUses(@TempDir Path data) {
        try (EmbeddedKafka first = EmbeddedKafka.start(data, 0)) {
            assertThatThrownBy(() -> EmbeddedKafka.start(data, 0))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(data + ": another broker uses it");
            assertThat(first.port()).isPositive();
        }
    }

    @Test
    void shouldReleaseItsPortWhenClosed() {
        EmbeddedKafka first = EmbeddedKafka.start(null, 0);
        int port = first.port();
        first.close();
        first.close();
        try (EmbeddedKafka second = EmbeddedKafka.start(null, port)) {
            assertThat(second.port()).isEqualTo(port);
        }
    }

    private static void createTopic(EmbeddedKafka broker) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get(10, TimeUnit.SECONDS);
        }
    }

    private static void produce(EmbeddedKafka broker, String value, boolean commit) throws Exception {
        Map<String, Object> config =
                Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "tx", "acks", "all");
        try (var producer = new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(TOPIC, value)).get(10, TimeUnit.SECONDS);
            if (commit) {
                producer.commitTransaction();
            } else {
                producer.abortTransaction();
            }
        }
    }

    private static List<String> committed(EmbeddedKafka broker, int count) {
        Map<String, Object> config = Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "group.id",
                "readers-" + count,
                "isolation.level",
                "read_committed",
                "auto.offset.reset",
                "earliest");
        List<String> values = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(TOPIC));
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(message -> values.add(message.value()));
                return values.size() >= count;
            });
        }
        return values;
    }
}
