package dev.weir.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Blob;
import dev.weir.event.EventFormat;
import dev.weir.event.EventHeader;
import dev.weir.event.GrokResponse;
import dev.weir.event.Priority;
import dev.weir.event.Reason;
import dev.weir.event.RequestReading;
import dev.weir.event.ResponseStatus;
import dev.weir.event.SourceCoordinates;
import dev.weir.event.StopClass;
import dev.weir.grok.GrokError;
import dev.weir.grok.GrokOutcome;
import dev.weir.grok.RateLimitHeaders;
import dev.weir.permit.InboxMessage;
import dev.weir.permit.PermitCodec;
import dev.weir.retry.RetryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Payloads that come back from their tier to other settings, or not at all. */
final class LateRetryTest {
    private static final String EVENT = "{\"id\":\"a\",\"body\":" + Bench.BODY + "}";

    private boolean strict;
    private final Bench bench = Bench.withSlowTiers(new Changing());

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void shouldFailWhatCannotBeReadAnyMore() {
        leaveForATier(EVENT);
        strict = true;
        bench.retriesReturn();

        GrokResponse response = bench.response();
        assertThat(response.id()).isEqualTo("a");
        assertThat(response.status()).isEqualTo(ResponseStatus.FAILED);
        assertThat(response.error().reason()).isEqualTo(Reason.UNDECODABLE);
        assertThat(response.error().message()).contains("retry tier").endsWith("too strict");
        TestRecord<byte[], byte[]> letter = bench.deadLetter();
        assertThat(new String(letter.value(), UTF_8)).isEqualTo(EVENT);
        assertThat(bench.entriesKept()).isZero();
        assertThat(bench.payloadsKept()).isZero();
    }

    @Test
    void shouldCancelWhatCannotBeReadAnyMoreIfThatWasAsked() {
        leaveForATier(EVENT);
        bench.inbox(PermitCodec.encode(new InboxMessage.Cancel("a", null)));
        strict = true;
        bench.retriesReturn();

        assertThat(bench.response().status()).isEqualTo(ResponseStatus.CANCELLED);
        assertThat(bench.hasDeadLetter()).isFalse();
    }

    @Test
    void shouldTakeBackAPayloadThatWouldBeTooLargeToday() {
        leaveForATier(EVENT);
        byte[] large = EVENT.replace("hi", "h".repeat(11_000)).getBytes(UTF_8);
        assertThat(large).hasSizeGreaterThan((int) Bench.SETTINGS.requestMaxBytes());
        bench.retriesReturn(left -> large);

        bench.advance(Duration.ofSeconds(3));
        bench.call().answer("hello");
        bench.advance(Duration.ofMillis(20));
        assertThat(bench.response().status()).isEqualTo(ResponseStatus.SUCCEEDED);
    }

    @Test
    void shouldEndWhatDoesNotComeBack() {
        leaveForATier(EVENT);
        bench.advance(Bench.SETTINGS.lifecycle().maxAge().plus(Duration.ofMinutes(9)));
        assertThat(bench.hasResponse()).as("it may still come").isFalse();
        bench.advance(Duration.ofMinutes(2));

        GrokResponse response = bench.response();
        assertThat(response.status()).isEqualTo(ResponseStatus.EXPIRED);
        assertThat(response.error().reason()).isEqualTo(Reason.TOO_OLD);
        assertThat(response.error().message()).contains("retry.tiers");
        assertThat(bench.entriesKept()).isZero();
        bench.retriesReturn();
        bench.advance(Duration.ofMinutes(1));
        assertThat(bench.hasResponse()).isFalse();
    }

    @Test
    void shouldWaitForPayloadsThatATaskHasNotReadYet() {
        Lifecycle lifecycle = new Lifecycle(new RetryPolicy(Bench.SETTINGS.retry()), Bench.SETTINGS.lifecycle());
        Status retrying = new Status.Retrying(5_000, null);
        Entry entry = new Entry(
                "a", true, 0, "m", "m", Priority.NORMAL, "", 0, 9_000L, 10, null, Progress.at(0), retrying, null);
        long grace = Lifespan.GRACE.toMillis();

        assertThat(lifecycle.nextWake(entry, 0)).isEqualTo(9_000 + grace);
        assertThat(lifecycle.nextWake(entry, 1_000_000))
                .as("after a long standstill")
                .isEqualTo(1_000_000 + grace);
        assertThat(lifecycle.woken(entry, 9_000)).isInstanceOf(Move.Stay.class);
        assertThat(lifecycle.woken(entry, 9_000 + grace)).isInstanceOf(Move.End.class);
    }

    private void leaveForATier(String event) {
        bench.publish(event);
        bench.call()
                .stop(new GrokOutcome.Stopped(
                        new GrokError(StopClass.TRANSIENT, Reason.SERVER_ERROR, "busy", 503, null, false),
                        null,
                        null,
                        RateLimitHeaders.NONE));
        bench.advance(Duration.ofMillis(20));
        bench.commit();
        assertThat(bench.payloadsKept()).isZero();
    }

    /** A format that refuses, from some moment on, what it accepted. */
    private final class Changing implements EventFormat {
        private final EventFormat json = EventFormat.json();

        @Override
        public RequestReading read(@Nullable Blob value, List<EventHeader> headers, SourceCoordinates source) {
            return strict
                    ? new RequestReading.Rejected(
                            source.toString(), Reason.UNDECODABLE, "too strict", Priority.NORMAL, null, null, Map.of())
                    : json.read(value, headers, source);
        }

        @Override
        public byte[] write(GrokResponse response) {
            return json.write(response);
        }
    }
}
