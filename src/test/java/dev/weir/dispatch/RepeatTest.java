package dev.weir.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.GrokResponse;
import dev.weir.event.Reason;
import dev.weir.event.ResponseStatus;
import dev.weir.event.StopClass;
import dev.weir.grok.GrokError;
import dev.weir.grok.GrokOutcome;
import dev.weir.grok.RateLimitHeaders;
import dev.weir.permit.AskMessage;
import dev.weir.permit.CallEnd;
import dev.weir.permit.InboxMessage;
import dev.weir.permit.PermitCodec;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A response says that a call may have been made twice when, and only when, that is so. */
final class RepeatTest {
    private static final Duration TICK = Duration.ofMillis(20);

    private final Bench bench = new Bench();

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void shouldNotSaySoWhenACancelComesBeforeTheSecondCall() {
        timeOut();
        bench.grant();
        cancel();
        bench.commit();

        assertThat(bench.started).as("taken back").isEmpty();
        assertThat(cancelled().possiblyRepeated()).isFalse();
    }

    @Test
    void shouldSaySoWhenACancelComesDuringTheSecondCall() {
        timeOut();
        bench.call();
        cancel();

        assertThat(cancelled().possiblyRepeated()).isTrue();
    }

    @Test
    void shouldKeepNoCallInFlightThatADrainingProcessDoesNotMake() {
        bench.publish("{\"deadline\":\"1970-01-01T00:16:40.001Z\",\"body\":" + Bench.BODY + "}");
        bench.grant();
        long latestNanos = System.nanoTime() + 2_000_000;
        while (System.nanoTime() - latestNanos < 0) {
            Thread.onSpinWait();
        }
        bench.calls.drain();
        bench.commit();
        bench.advance(TICK);

        assertThat(bench.started).isEmpty();
        assertThat(bench.take(AskMessage.Settle.class).end()).isEqualTo(CallEnd.UNUSED);
        assertThat(bench.response().status())
                .as("it waits, and so may end by time")
                .isEqualTo(ResponseStatus.EXPIRED);
        assertThat(bench.asks).noneMatch(AskMessage.Ask.class::isInstance);
    }

    /** The first call of a request ends without an answer, and the request has asked for its second. */
    private void timeOut() {
        bench.publish("{\"id\":\"a\",\"body\":" + Bench.BODY + "}");
        bench.call()
                .stop(new GrokOutcome.Stopped(
                        new GrokError(StopClass.TRANSIENT, Reason.TIMEOUT, "no answer", null, null, false),
                        null,
                        null,
                        RateLimitHeaders.NONE));
        bench.advance(TICK);
        bench.commit();
        bench.advance(Duration.ofSeconds(9));
    }

    private void cancel() {
        bench.inbox(PermitCodec.encode(new InboxMessage.Cancel("a", null)));
        bench.advance(TICK);
    }

    private GrokResponse cancelled() {
        GrokResponse response = bench.response();
        assertThat(response.status()).isEqualTo(ResponseStatus.CANCELLED);
        return response;
    }
}
