package dev.weir.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.event.Blob;
import dev.weir.event.EventFormat;
import dev.weir.event.EventHeader;
import dev.weir.event.GrokResponse;
import dev.weir.event.Reason;
import dev.weir.event.RequestReading;
import dev.weir.event.ResponseStatus;
import dev.weir.event.SourceCoordinates;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A record at which the stream thread fails: the failure aborts, and the third reading passes the record over. */
final class PoisonTest {
    private static final String POISON = Bench.BODY.replace("hi", "poison");

    private boolean poisonous = true;
    private RuntimeException failure = new IllegalArgumentException("with the words of the prompt");
    private final Bench bench = new Bench(10, new Delicate());

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void shouldPassOverARequestAtWhichTheThreadFailedTwice() {
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> bench.publish(POISON)).hasRootCause(failure);
            bench.restart();
        }
        bench.publish(POISON);
        bench.publish(Bench.BODY);
        bench.call().answer("hello");
        bench.advance(Duration.ofMillis(20));

        GrokResponse poisoned = bench.response();
        assertThat(poisoned.source().offset()).isZero();
        assertThat(poisoned.status()).isEqualTo(ResponseStatus.FAILED);
        assertThat(poisoned.error().reason()).isEqualTo(Reason.INTERNAL);
        assertThat(poisoned.error().message())
                .contains("java.lang.IllegalArgumentException at " + Delicate.class.getName())
                .doesNotContain("prompt");
        assertThat(bench.deadLetter().value()).isEqualTo(POISON.getBytes(UTF_8));
        assertThat(bench.response().content()).isEqualTo("hello");
        assertThat(bench.hasResponse()).isFalse();
    }

    @Test
    void shouldAnswerARequestAsEverWhenTheSecondReadingSucceeds() {
        assertThatThrownBy(() -> bench.publish(POISON)).hasRootCause(failure);
        bench.restart();
        poisonous = false;
        bench.publish(POISON);
        bench.call().answer("hello");
        bench.advance(Duration.ofMillis(20));

        assertThat(bench.response().status()).isEqualTo(ResponseStatus.SUCCEEDED);
        assertThat(bench.hasDeadLetter()).isFalse();
    }

    @Test
    void shouldEndAnOpenRequestAtWhichTheThreadFailedTwice() {
        for (int i = 0; i < 2; i++) {
            poisonous = false;
            bench.publish(POISON);
            poisonous = true;
            assertThatThrownBy(bench::grant).hasRootCause(failure);
            bench.restart();
        }
        poisonous = false;
        bench.publish(Bench.BODY.replace("hi", "not at that offset"));
        assertThat(bench.response().error().reason()).isEqualTo(Reason.INTERNAL);
        poisonous = true;
        bench.publish(Bench.BODY);
        bench.advance(Duration.ofMillis(20));
        bench.call().answer("hello");
        bench.advance(Duration.ofMillis(20));

        assertThat(bench.response().content()).isEqualTo("hello");
        assertThat(bench.entriesKept()).isZero();
    }

    @Test
    void shouldEndARequestThatIsOpenWhenItIsCondemned() {
        poisonous = false;
        bench.publish(POISON);
        poisonous = true;
        byte[] grant = bench.grantBytes();
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> bench.inbox(grant)).hasRootCause(failure);
        }
        // The driver aborts nothing: the entry is open still, as it is after a real abort.
        bench.advance(Duration.ofMillis(20));

        GrokResponse response = bench.response();
        assertThat(response.status()).isEqualTo(ResponseStatus.FAILED);
        assertThat(response.error().reason()).isEqualTo(Reason.INTERNAL);
        assertThat(response.model()).isEqualTo("grok-4.5");
        assertThat(bench.deadLetter().value()).isEqualTo(POISON.getBytes(UTF_8));
        assertThat(bench.entriesKept()).isZero();
        assertThat(bench.payloadsKept()).isZero();
    }

    @Test
    void shouldNotBlameARecordForWhatKafkaThrows() {
        failure = new ProducerFencedException("fenced");
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> bench.publish(POISON)).hasRootCause(failure);
            bench.restart();
        }
        poisonous = false;
        bench.publish(POISON);

        bench.call().answer("hello");
        bench.advance(Duration.ofMillis(20));
        assertThat(bench.response().status()).isEqualTo(ResponseStatus.SUCCEEDED);
    }

    @Test
    void shouldPassOverARequestThatIsNestedTooDeep() {
        bench.publish(null, "{\"a\":".repeat(1_600).getBytes(UTF_8), new RecordHeaders());

        assertThat(bench.response().error().reason()).isEqualTo(Reason.INVALID_JSON);
    }

    private final class Delicate implements EventFormat {
        private final EventFormat json = EventFormat.json();

        @Override
        public RequestReading read(@Nullable Blob value, List<EventHeader> headers, SourceCoordinates source) {
            if (poisonous && value != null && value.text().contains("poison")) {
                failure.setStackTrace(new Throwable().getStackTrace());
                throw failure;
            }
            return json.read(value, headers, source);
        }

        @Override
        public byte[] write(GrokResponse response) {
            return json.write(response);
        }
    }
}
