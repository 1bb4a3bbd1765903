package dev.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.EventTranslator;
import dev.weir.event.Priority;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The partition of every request is 0 and the offsets count from 0. */
@Timeout(60)
final class SubmissionTest {
    private static final String REQUESTS = "grok.requests";
    private static final TopicPartition RESPONSES = new TopicPartition("grok.responses", 0);
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final SubmitRecords records =
            new SubmitRecords(REQUESTS, null, null, null, null, InstantSource.fixed(NOW), EventTranslator.json());
    private final List<String> written = new ArrayList<>();
    private final AtomicLong nanos = new AtomicLong();

    SubmissionTest() {
        consumer.assign(List.of(RESPONSES));
        consumer.updateBeginningOffsets(Map.of(RESPONSES, 0L));
    }

    @Test
    void shouldPublishEachLineVerbatimUnderItsId() throws IOException {
        submission(false).publish(lines("{\"id\": \"a\",  \"body\":{}}", "junk"), 0);

        List<ProducerRecord<byte[], byte[]>> sent = producer.history();
        assertThat(sent).hasSize(2);
        assertThat(sent.get(0).key()).isEqualTo("a".getBytes(UTF_8));
        assertThat(sent.get(0).value()).isEqualTo("{\"id\": \"a\",  \"body\":{}}".getBytes(UTF_8));
        assertThat(sent.get(1).key()).isNull();
        assertThat(sent.get(0).headers()).isEmpty();
    }

    @Test
    void shouldWriteTheOptionsAsHeaders() {
        DeadlineOption deadline = new DeadlineOption.Converter().convert("30s");
        SubmitRecords options = new SubmitRecords(
                REQUESTS, "k", Priority.LOW, "shop", deadline, InstantSource.fixed(NOW), EventTranslator.json());

        ProducerRecord<byte[], byte[]> record = options.request("{\"id\":\"a\"}".getBytes(UTF_8));

        assertThat(record.key()).isEqualTo("k".getBytes(UTF_8));
        assertThat(record.headers().toArray())
                .extracting(header -> header.key() + "=" + new String(header.value(), UTF_8))
                .containsExactly("weir-priority=low", "weir-tenant=shop", "weir-deadline=2026-11-21T10:00:30Z");
    }

    @Test
    void shouldHandOverOneResponsePerRequestAndNothingElse() throws IOException {
        Submission submission = submission(true);
        submission.publish(lines("{}", "{}"), 0);
        respond(event("succeeded", 1), event("succeeded", 99), "junk", event("failed", 0), event("succeeded", 0));

        submission.await(Duration.ofSeconds(5));

        assertThat(written).containsExactly(event("succeeded", 1), event("failed", 0));
        assertThat(submission.outstanding().counts()).isEqualTo(new Outstanding.Counts(2, 2, 1, 0, ""));
        assertThat(submission.outstanding().counts().allSucceeded()).isFalse();
    }

    @Test
    void shouldGiveUpAfterThePatienceAndNameWhatIsMissing() throws IOException {
        Submission submission = submission(true);
        submission.onProgress(() -> nanos.addAndGet(1_000_000_000L));
        submission.publish(lines("{}", "{}"), 0);
        respond(event("succeeded", 0));

        submission.await(Duration.ofSeconds(3));

        assertThat(submission.outstanding().counts().missing()).isEqualTo(1);
        assertThat(submission.outstanding().open(5)).hasToString("[grok.requests-0-1]");
        assertThat(nanos).hasValue(3_000_000_000L);
    }

    @Test
    void shouldPublishEvenlyAndReadResponsesMeanwhile() throws IOException {
        Submission submission = submission(true);
        List<Long> publishedAt = new ArrayList<>();
        submission.onProgress(() -> {
            nanos.addAndGet(50_000_000L);
            if (producer.history().size() > publishedAt.size()) {
                publishedAt.add(nanos.get());
            }
        });
        consumer.schedulePollTask(() -> respond(event("succeeded", 0)));

        submission.publish(lines("{}", "{}", "{}"), 4);

        assertThat(nanos).hasValue(500_000_000L);
        assertThat(publishedAt).containsExactly(50_000_000L, 300_000_000L);
        assertThat(written).containsExactly(event("succeeded", 0));
    }

    @Test
    void shouldCountWhatKafkaRefuses() throws IOException {
        MockProducer<byte[], byte[]> refusing =
                new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
        Submission submission = new Submission(refusing, records, null, response -> {}, nanos::get);
        submission.onProgress(() -> {
            refusing.errorNext(new RecordTooLargeException("the record is too large"));
            nanos.addAndGet(1_000_000_000L);
        });

        submission.publish(lines("{}", "{}"), 1);

        assertThat(submission.outstanding().counts())
                .isEqualTo(new Outstanding.Counts(1, 0, 0, 1, "the record is too large"));
    }

    @Test
    void shouldWriteAResponseOnOneLine() {
        String spread = "{\"source\":{\"topic\":\"t\",\"partition\":1,\"offset\":2},\n\"status\":\"succeeded\",\n"
                + "\"content\":\"a\\nb\"}";

        ResponseLine line = ResponseLine.read(spread.getBytes(UTF_8)).orElseThrow();

        assertThat(line.json()).doesNotContain("\n").contains("\"content\":\"a\\nb\"");
        assertThat(line.content()).isEqualTo("a\nb");
    }

    private Submission submission(boolean waiting) {
        return new Submission(
                producer, records, waiting ? consumer : null, response -> written.add(response.json()), nanos::get);
    }

    private void respond(String... values) {
        long offset = consumer.position(RESPONSES);
        for (String value : values) {
            consumer.addRecord(new ConsumerRecord<>(RESPONSES.topic(), 0, offset++, null, value.getBytes(UTF_8)));
        }
    }

    private static String event(String status, long offset) {
        return "{\"status\":\"" + status + "\",\"source\":{\"topic\":\"grok.requests\",\"partition\":0,\"offset\":"
                + offset + "}}";
    }

    private static RequestInput lines(String... lines) {
        return new RequestInput(
                new ByteArrayInputStream(String.join("\n", lines).getBytes(UTF_8)));
    }
}
