package dev.weir.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Blob;
import dev.weir.event.EventFormat;
import dev.weir.event.EventHeader;
import dev.weir.event.GrokResponse;
import dev.weir.event.Reason;
import dev.weir.event.RequestReading;
import dev.weir.event.ResponseCodec;
import dev.weir.event.ResponseStatus;
import dev.weir.event.SourceCoordinates;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Answers that fit for the request that was called, but not for all that is to be done with them. */
final class LargeAnswerTest {
    private static final byte[] EVENT = ("{\"id\":\"a\",\"body\":" + Bench.BODY + "}").getBytes(UTF_8);
    private static final byte[] LARGE_KEY = new byte[5_000];
    /** Stands in a response twice, as content and in Grok's body. */
    private static final String ANSWER = "h".repeat(8_500);

    private Bench bench = new Bench();

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void shouldSayThatAnAnswerIsTooLargeForItsDuplicates() {
        bench.publish(null, EVENT, new RecordHeaders());
        bench.publish(LARGE_KEY, EVENT, new RecordHeaders());
        answer(ANSWER);
        bench.publish(LARGE_KEY, EVENT, new RecordHeaders());
        bench.publish(null, EVENT, new RecordHeaders());

        assertThat(bench.response().status()).isEqualTo(ResponseStatus.SUCCEEDED);
        for (long offset = 1; offset <= 2; offset++) {
            TestRecord<byte[], byte[]> told = bench.responseRecord();
            assertThat(told.value().length + told.key().length).isLessThan((int) Bench.SETTINGS.responseMaxBytes());
            GrokResponse duplicate = ResponseCodec.read(told.value());
            assertThat(duplicate.source().offset()).isEqualTo(offset);
            assertThat(duplicate.duplicate()).isTrue();
            assertThat(duplicate.error().reason()).isEqualTo(Reason.RESPONSE_TOO_LARGE);
            assertThat(bench.deadLetter().value()).isEqualTo(EVENT);
        }
        assertThat(bench.response().status()).isEqualTo(ResponseStatus.SUCCEEDED);
        assertThat(bench.hasDeadLetter()).isFalse();
        assertThat(bench.entriesKept()).isZero();
    }

    @Test
    void shouldCallAnewWhereTheAnswerIsTooLargeToBeKept() {
        bench.close();
        bench = new Bench(10, new Brief());
        bench.publish(null, EVENT, new RecordHeaders());
        answer("h".repeat(12_000));
        bench.publish(null, EVENT, new RecordHeaders());

        assertThat(bench.call().call().clientRequestId()).isEqualTo("grok.requests-0-1/1");
    }

    private void answer(String content) {
        bench.call().answer(content);
        bench.advance(Duration.ofMillis(20));
        bench.commit();
    }

    /** A format whose responses are smaller than JSON. */
    private static final class Brief implements EventFormat {
        @Override
        public RequestReading read(@Nullable Blob value, List<EventHeader> headers, SourceCoordinates source) {
            return EventFormat.json().read(value, headers, source);
        }

        @Override
        public byte[] write(GrokResponse response) {
            return response.id().getBytes(UTF_8);
        }
    }
}
