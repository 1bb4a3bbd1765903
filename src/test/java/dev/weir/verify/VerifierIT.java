package dev.weir.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.broker.EmbeddedKafka;
import dev.weir.deadletter.DeadLetter;
import dev.weir.event.EventHeader;
import dev.weir.event.EventTranslator;
import dev.weir.event.ResponseStatus;
import dev.weir.event.SourceCoordinates;
import dev.weir.simulator.LatencyModel;
import dev.weir.simulator.SimulatedGrok;
import dev.weir.simulator.SimulatorSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests come in transactions, so that between them stand offsets that are no requests. */
@Timeout(120)
final class VerifierIT {
    private static final int REQUESTS = 5;

    private final EmbeddedKafka broker = EmbeddedKafka.start(null, 0);
    private KafkaProducer<String, String> producer;

    @BeforeEach
    void publish() throws Exception {
        Map<String, Object> client = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (Admin admin = Admin.create(client)) {
            admin.createTopics(List.of(topic("requests"), topic("responses"), topic("dlq")))
                    .all()
                    .get();
        }
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "test"),
                new StringSerializer(),
                new StringSerializer());
        producer.initTransactions();
        for (int i = 0; i < REQUESTS; i++) {
            send(List.of(new ProducerRecord<>("it.requests", 1, null, "{}")), true);
        }
        send(List.of(new ProducerRecord<>("it.requests", 1, null, "{}")), false);
    }

    @AfterEach
    void close() {
        producer.close();
        broker.close();
    }

    @Test
    void shouldFindThePromiseKept() throws Exception {
        send(List.of(response(0, "succeeded"), response(2, "failed"), deadLetter(2), response(4, "expired")), true);
        send(List.of(response(6, "cancelled"), response(8, "succeeded")), true);
        send(List.of(response(8, "succeeded")), false);

        VerifyReport report = verify(true, Duration.ZERO, null);

        assertThat(report.promiseKept()).as(ReportTable.of(report)).isTrue();
        assertThat(report.accepted()).isEqualTo(REQUESTS);
        assertThat(report.statuses())
                .isEqualTo(Map.of(
                        ResponseStatus.SUCCEEDED, 2L,
                        ResponseStatus.FAILED, 1L,
                        ResponseStatus.EXPIRED, 1L,
                        ResponseStatus.CANCELLED, 1L));
    }

    @Test
    void shouldFindEverythingThatIsBroken() throws Exception {
        send(List.of(response(0, "succeeded"), response(0, "succeeded"), response(1, "succeeded")), true);
        send(List.of(response(2, "failed"), deadLetter(4)), true);

        VerifyReport report = verify(true, Duration.ZERO, null);

        assertThat(report.promiseKept()).isFalse();
        assertThat(report.lost().samples()).containsExactly("it.requests-1-4", "it.requests-1-6", "it.requests-1-8");
        assertThat(report.doubled().count()).isEqualTo(1);
        assertThat(report.unexplained().samples()).containsExactly("it.requests-1-1 from it.requests-1-1");
        assertThat(report.failedWithoutDeadLetter().samples()).containsExactly("it.requests-1-2");
        assertThat(report.deadLettersWithoutFailure().samples()).containsExactly("it.requests-1-4");
    }

    @Test
    void shouldWaitForWhatIsStillOpen() throws Exception {
        Thread late = new Thread(() -> {
            for (int i = 0; i < REQUESTS; i++) {
                send(List.of(response(2L * i, "succeeded")), true);
            }
        });

        VerifyReport[] first = new VerifyReport[1];
        VerifyReport report = Verifier.verify(settings(true, Duration.ofSeconds(60), null), System::nanoTime, seen -> {
            if (first[0] == null) {
                first[0] = seen;
                late.start();
            }
        });

        assertThat(first[0].open().count()).isEqualTo(REQUESTS);
        assertThat(report.settled()).as(ReportTable.of(report)).isTrue();
        late.join();
    }

    @Test
    void shouldReadTheJournalOfASimulator() throws Exception {
        for (int i = 0; i < REQUESTS; i++) {
            send(List.of(response(2L * i, "succeeded")), true);
        }
        URI base;
        try (SimulatedGrok simulator = SimulatedGrok.start(
                SimulatorSettings.defaults().withPort(0).withApiKey("key").withLatency(new LatencyModel.Fixed(0)))) {
            base = simulator.baseUrl();
            VerifyReport before = verify(true, Duration.ZERO, base);
            assertThat(before.notes()).singleElement().asString().contains("knows no call for these requests");
            call(base, "it.requests-1-0/1");
            call(base, "it.requests-1-2/1");
            call(base, "it.requests-1-2/2");

            VerifyReport report = verify(true, Duration.ZERO, base);

            assertThat(report.calls()).isEqualTo(3);
            assertThat(report.silentlyRepeated().samples()).containsExactly("it.requests-1-2");
            assertThat(report.notes()).isEmpty();
            assertThat(report.promiseKept()).isFalse();
        }
        assertThatThrownBy(() -> verify(true, Duration.ZERO, base))
                .isInstanceOf(VerifyFailure.class)
                .hasMessageStartingWith("no simulator answers at " + base);
    }

    @Test
    void shouldExplainTopicsThatDoNotExist() {
        VerifySettings settings = new VerifySettings(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                "other.",
                EventTranslator.json(),
                null,
                false,
                Duration.ZERO);

        assertThatThrownBy(() -> Verifier.verify(settings, System::nanoTime, report -> {}))
                .isInstanceOf(VerifyFailure.class)
                .hasMessage("the topic other.responses does not exist; correct --prefix or create it with"
                        + " 'weir topics'");
    }

    private VerifyReport verify(boolean drained, Duration patience, URI simulator) {
        return Verifier.verify(settings(drained, patience, simulator), System::nanoTime, report -> {});
    }

    private VerifySettings settings(boolean drained, Duration patience, URI simulator) {
        return new VerifySettings(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                "it.",
                EventTranslator.json(),
                simulator,
                drained,
                patience);
    }

    private void send(List<ProducerRecord<String, String>> records, boolean commit) {
        producer.beginTransaction();
        for (ProducerRecord<String, String> record : records) {
            producer.send(record);
        }
        producer.flush();
        if (commit) {
            producer.commitTransaction();
        } else {
            producer.abortTransaction();
        }
    }

    private static NewTopic topic(String name) {
        return new NewTopic("it." + name, 2, (short) 1);
    }

    private static ProducerRecord<String, String> response(long offset, String status) {
        return new ProducerRecord<>(
                "it.responses",
                0,
                null,
                "{\"status\":\"" + status + "\",\"possiblyRepeated\":false,\"source\":{\"topic\":\"it.requests\","
                        + "\"partition\":1,\"offset\":" + offset + "}}");
    }

    private static ProducerRecord<String, String> deadLetter(long offset) {
        ProducerRecord<String, String> record = new ProducerRecord<>("it.dlq", 0, null, "{}");
        for (EventHeader header : DeadLetter.coordinates(new SourceCoordinates("it.requests", 1, offset))) {
            record.headers()
                    .add(header.name(), Objects.requireNonNull(header.value()).bytes());
        }
        return record;
    }

    private static void call(URI base, String clientRequestId) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(base.resolve("/v1/chat/completions"))
                .header("authorization", "Bearer key")
                .header("content-type", "application/json")
                .header("x-client-request-id", clientRequestId)
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"model\":\"grok-4.5\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}"))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
    }
}
