package dev.weir.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.dispatch.Bench.Started;
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
import java.time.Instant;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class CancelTest {
    private static final Duration TICK = Duration.ofMillis(20);
    private static final String EVENT = "{\"id\":\"a\",\"body\":" + Bench.BODY + "}";

    private final Bench bench = new Bench();

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void shouldEndAWaitingRequestAndWithdrawItsAsk() {
        bench.publish(EVENT);
        AskMessage.Ask ask = bench.take(AskMessage.Ask.class);

        cancel("a", "changed my mind");

        GrokResponse response = bench.response();
        assertThat(response.status()).isEqualTo(ResponseStatus.CANCELLED);
        assertThat(response.error().reason()).isEqualTo(Reason.CANCELLED);
        assertThat(response.error().message()).isEqualTo("cancelled on request: changed my mind");
        assertThat(bench.hasDeadLetter()).isFalse();
        assertThat(bench.take(AskMessage.Withdraw.class).key()).isEqualTo(ask.key());

        bench.grant(ask, bench.epoch());
        bench.commit();
        assertThat(bench.started).as("calls").isEmpty();
        assertThat(bench.take(AskMessage.Settle.class).end()).isEqualTo(CallEnd.UNUSED);
    }

    @Test
    void shouldEndADelayedRequest() {
        bench.publish(EVENT);
        bench.call().stop(serverError());
        bench.advance(TICK);
        bench.commit();

        cancel("a", null);

        assertThat(bench.response().status()).isEqualTo(ResponseStatus.CANCELLED);
        bench.asks.clear();
        bench.advance(Duration.ofSeconds(30));
        assertThat(bench.asks).noneMatch(AskMessage.Ask.class::isInstance);
        assertThat(bench.hasResponse()).isFalse();
    }

    @Test
    void shouldEndARunningRequestNowAndSettleItsCallWhenItEnds() {
        bench.publish(EVENT);
        Started call = bench.call();

        cancel("a", null);
        assertThat(bench.response().status()).isEqualTo(ResponseStatus.CANCELLED);

        call.answer("too late");
        bench.advance(TICK);
        assertThat(bench.hasResponse()).as("a second response").isFalse();
        assertThat(bench.take(AskMessage.Settle.class).end()).isEqualTo(CallEnd.ANSWERED);
        bench.commit();
        assertThat(bench.calls.size()).isZero();
    }

    @Test
    void shouldNeverMakeACallThatIsCancelledBeforeItsCommit() {
        bench.publish(EVENT);
        bench.grant();

        cancel("a", null);
        bench.commit();

        assertThat(bench.started).isEmpty();
        assertThat(bench.calls.size()).isZero();
        assertThat(bench.take(AskMessage.Settle.class).end()).isEqualTo(CallEnd.UNUSED);
        assertThat(bench.response().status()).isEqualTo(ResponseStatus.CANCELLED);
    }

    @Test
    void shouldEndTheFollowersOfTheIdToo() {
        bench.publish(EVENT);
        bench.publish(EVENT);
        bench.publish(Bench.BODY);

        cancel("a", null);

        GrokResponse first = bench.response();
        GrokResponse second = bench.response();
        assertThat(first.status()).isEqualTo(ResponseStatus.CANCELLED);
        assertThat(second.status()).isEqualTo(ResponseStatus.CANCELLED);
        assertThat(bench.hasResponse())
                .as("a response of the request without that id")
                .isFalse();
    }

    @Test
    void shouldEndAFollowerAloneByItsCoordinates() {
        bench.publish(EVENT);
        bench.publish(EVENT);

        cancel("grok.requests-0-1", null);

        assertThat(bench.response().source().offset()).isEqualTo(1);
        assertThat(bench.hasResponse()).isFalse();
        bench.call().answer("for the first");
        bench.advance(TICK);
        assertThat(bench.response().source().offset()).isZero();
    }

    @Test
    void shouldFindARequestWithoutIdByItsCoordinatesOnly() {
        bench.publish(Bench.BODY);

        cancel("grok.requests-1-0", null);
        cancel("grok.requests-0-x", null);
        cancel("other-0-0", null);
        assertThat(bench.hasResponse()).isFalse();
        cancel("grok.requests-0-0", null);

        assertThat(bench.response().status()).isEqualTo(ResponseStatus.CANCELLED);
    }

    @Test
    void shouldFindARedrivenRequest() {
        RecordHeaders headers = new RecordHeaders();
        headers.add("weir-redrive-count", "3".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        bench.publish(null, EVENT.getBytes(java.nio.charset.StandardCharsets.UTF_8), headers);

        cancel("a", null);

        assertThat(bench.response().status()).isEqualTo(ResponseStatus.CANCELLED);
    }

    @Test
    void shouldRememberAnUnknownIdAndEndTheNextRequestWithItOnly() {
        cancel("a", "early");
        bench.publish(EVENT);
        bench.publish(EVENT);

        GrokResponse response = bench.response();
        assertThat(response.status()).isEqualTo(ResponseStatus.CANCELLED);
        assertThat(response.error().message()).isEqualTo("cancelled on request: early");
        assertThat(response.source().offset()).isZero();
        assertThat(bench.hasResponse()).isFalse();
        assertThat(bench.take(AskMessage.Ask.class).key().offset()).isEqualTo(1);
    }

    @Test
    void shouldForgetAnUnknownIdAfterItsTime() {
        cancel("a", null);
        bench.advance(Bench.SETTINGS.cancelMemory().plusSeconds(1));

        bench.publish(EVENT);

        assertThat(bench.hasResponse()).isFalse();
        assertThat(bench.take(AskMessage.Ask.class)).isNotNull();
    }

    @Test
    void shouldNotTouchWhatIsAnswered() {
        bench.publish(EVENT);
        bench.call().answer("done");
        bench.advance(TICK);
        bench.commit();
        bench.response();

        cancel("a", null);
        bench.publish(EVENT);

        GrokResponse again = bench.response();
        assertThat(again.duplicate()).isTrue();
        assertThat(again.status()).isEqualTo(ResponseStatus.SUCCEEDED);
    }

    @Test
    void shouldGiveARunningCallTheGraceBeyondItsDeadlineOnly() {
        Instant deadline = Instant.ofEpochMilli(1_000_000).plusSeconds(3);
        bench.publish("{\"id\":\"a\",\"deadline\":\"" + deadline + "\",\"body\":" + Bench.BODY + "}");
        assertThat(bench.call().call().timeout()).isBetween(Duration.ofMillis(7_500), Duration.ofSeconds(8));

        bench.publish(Bench.BODY);
        assertThat(bench.call().call().timeout()).isNull();
    }

    private void cancel(String id, String note) {
        bench.inbox(PermitCodec.encode(new InboxMessage.Cancel(id, note)));
    }

    private static GrokOutcome.Stopped serverError() {
        GrokError error = new GrokError(StopClass.TRANSIENT, Reason.SERVER_ERROR, "boom", 500, null, false);
        return new GrokOutcome.Stopped(error, Duration.ofSeconds(8), null, RateLimitHeaders.NONE);
    }
}
