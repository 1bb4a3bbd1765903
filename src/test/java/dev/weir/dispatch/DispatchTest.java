package dev.weir.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.dispatch.Bench.Started;
import dev.weir.event.GrokResponse;
import dev.weir.event.Reason;
import dev.weir.event.ResponseStatus;
import dev.weir.event.StopClass;
import dev.weir.event.Usage;
import dev.weir.grok.GrokError;
import dev.weir.grok.GrokOutcome;
import dev.weir.grok.RateLimitHeaders;
import dev.weir.permit.AskMessage;
import dev.weir.permit.CallEnd;
import dev.weir.permit.InboxMessage;
import dev.weir.permit.PermitCodec;
import java.time.Duration;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DispatchTest {
    private static final Duration TICK = Duration.ofMillis(20);

    private Bench bench = new Bench();

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void shouldCarryARequestFromAskToAnswer() {
        bench.publish(Bench.BODY);
        Started call = bench.call();
        assertThat(call.call().clientRequestId()).isEqualTo("grok.requests-0-0/1");
        assertThat(call.call().body().text()).isEqualTo(Bench.BODY);

        call.answer("hello");
        bench.advance(TICK);

        GrokResponse response = bench.response();
        assertThat(response.status()).isEqualTo(ResponseStatus.SUCCEEDED);
        assertThat(response.content()).isEqualTo("hello");
        assertThat(response.attempts()).isEqualTo(1);
        assertThat(response.possiblyRepeated()).isFalse();
        assertThat(bench.take(AskMessage.Settle.class).end()).isEqualTo(CallEnd.ANSWERED);
        assertThat(bench.calls.size()).as("kept until the commit").isEqualTo(1);
        bench.commit();
        assertThat(bench.calls.size()).isZero();
    }

    @Test
    void shouldCallOnlyAfterTheCommitThatKnowsOfIt() {
        bench.publish(Bench.BODY);
        bench.grant();
        bench.advance(TICK);

        assertThat(bench.started).isEmpty();
        bench.commit();
        assertThat(bench.started).hasSize(1);
    }

    @Test
    void shouldNeitherHonourNorReturnAGrantOfAnotherEpoch() {
        bench.publish(Bench.BODY);
        AskMessage.Ask ask = bench.take(AskMessage.Ask.class);

        bench.grant(ask, bench.epoch() - 1);
        bench.commit();

        assertThat(bench.started).isEmpty();
        assertThat(bench.asks)
                .as("its permit may be the new epoch's already")
                .noneMatch(AskMessage.Settle.class::isInstance);
    }

    @Test
    void shouldSpeakWithAHigherEpochThanAdmissionHasHeard() {
        bench.publish(Bench.BODY);
        long newer = bench.epoch() + 60_000;

        bench.inbox(PermitCodec.encode(new InboxMessage.Outdated(newer)));
        bench.asks.clear();
        bench.advance(TICK);
        assertThat(bench.asks)
                .as("a newer owner may have said it: only a commit proves that this one owns the partition")
                .noneMatch(AskMessage.Hello.class::isInstance);
        bench.commit();
        bench.advance(TICK);

        assertThat(bench.take(AskMessage.Hello.class).origin().epoch()).isGreaterThan(newer);
        assertThat(bench.take(AskMessage.Ask.class).origin().epoch()).isGreaterThan(newer);
    }

    @Test
    void shouldNeitherHonourNorReturnAGrantOfAnOlderOwner() {
        bench.publish(Bench.BODY);
        bench.publish(Bench.BODY);
        AskMessage.Ask first = bench.take(AskMessage.Ask.class);
        AskMessage.Ask second = bench.take(AskMessage.Ask.class);
        bench.grant(first, bench.epoch(), 2);

        bench.grant(second, bench.epoch(), 1);
        bench.commit();

        assertThat(bench.started).hasSize(1);
        assertThat(bench.asks).noneMatch(AskMessage.Settle.class::isInstance);
    }

    @Test
    void shouldIgnoreAGrantThatComesTwice() {
        bench.publish(Bench.BODY);
        AskMessage.Ask ask = bench.take(AskMessage.Ask.class);
        bench.grant(ask, bench.epoch());
        bench.grant(ask, bench.epoch());
        bench.commit();

        assertThat(bench.started).hasSize(1);
        assertThat(bench.asks).noneMatch(AskMessage.Settle.class::isInstance);
    }

    @Test
    void shouldRetryThroughATierAndCountTheAttempt() {
        bench.publish(Bench.BODY);
        bench.call().stop(serverError(null));
        bench.advance(TICK);
        assertThat(bench.hasResponse()).isFalse();

        bench.advance(Duration.ofSeconds(2));
        AskMessage.Ask again = bench.take(AskMessage.Ask.class);
        assertThat(again.key().tryNumber()).isEqualTo(2);
        bench.grant(again, bench.epoch());
        bench.commit();
        bench.started.remove().answer("at last");
        bench.advance(TICK);

        GrokResponse response = bench.response();
        assertThat(response.attempts()).isEqualTo(2);
        assertThat(response.content()).isEqualTo("at last");
        assertThat(bench.hasDeadLetter()).isFalse();
    }

    @Test
    void shouldHonourRetryAfter() {
        bench.publish(Bench.BODY);
        bench.call().stop(serverError(Duration.ofSeconds(5)));
        bench.advance(TICK);
        bench.take(AskMessage.Settle.class);

        bench.advance(Duration.ofMillis(4_900));
        assertThat(bench.asks).noneMatch(AskMessage.Ask.class::isInstance);
        bench.advance(Duration.ofMillis(200));
        assertThat(bench.asks).anyMatch(AskMessage.Ask.class::isInstance);
    }

    @Test
    void shouldFailAndDeadLetterWhenAttemptsAreExhausted() {
        bench.publish(Bench.BODY.getBytes(UTF_8), Bench.BODY.getBytes(UTF_8), new RecordHeaders());
        for (int i = 0; i < 3; i++) {
            bench.call().stop(serverError(null));
            bench.advance(TICK);
            bench.commit();
            bench.advance(Duration.ofSeconds(9));
        }

        GrokResponse response = bench.response();
        assertThat(response.status()).isEqualTo(ResponseStatus.FAILED);
        assertThat(response.attempts()).isEqualTo(3);
        assertThat(response.error().reason()).isEqualTo(Reason.ATTEMPTS_EXHAUSTED);
        TestRecord<byte[], byte[]> letter = bench.deadLetter();
        assertThat(new String(letter.value(), UTF_8)).isEqualTo(Bench.BODY);
        assertThat(new String(letter.key(), UTF_8)).isEqualTo(Bench.BODY);
        assertThat(header(letter, "weir-reason")).isEqualTo("attempts_exhausted");
        assertThat(Long.parseLong(header(letter, "weir-not-before")))
                .as("when the third attempt was due")
                .isGreaterThan(Long.parseLong(header(letter, "weir-first-seen")) + 9_000);
        assertThat(header(letter, "weir-source-offset")).isEqualTo("0");
        assertThat(header(letter, "__streams.errors.topic")).isEqualTo("grok.requests");
    }

    @Test
    void shouldTellWhatAnAnswerThatIsTooLargeHasUsed() {
        bench.publish(Bench.BODY);
        GrokError error = new GrokError(StopClass.FATAL, Reason.RESPONSE_TOO_LARGE, "too large", 200, null, false);
        Usage usage = new Usage(3, 0, 4, 0, 7, null);
        bench.call().stop(new GrokOutcome.Stopped(error, null, usage, RateLimitHeaders.NONE));
        bench.advance(TICK);

        GrokResponse response = bench.response();
        assertThat(response.error().reason()).isEqualTo(Reason.RESPONSE_TOO_LARGE);
        assertThat(response.usage()).isEqualTo(usage);
    }

    @Test
    void shouldAnswerJunkAndDeadLetterItUnchanged() {
        byte[] junk = {1, 2, 3, (byte) 0xFF};
        bench.publish(null, junk, new RecordHeaders());

        GrokResponse response = bench.response();
        assertThat(response.id()).isEqualTo("grok.requests-0-0");
        assertThat(response.error().reason()).isEqualTo(Reason.INVALID_JSON);
        TestRecord<byte[], byte[]> letter = bench.deadLetter();
        assertThat(letter.value()).isEqualTo(junk);
        assertThat(header(letter, "weir-not-before")).isEqualTo(header(letter, "weir-first-seen"));
    }

    @Test
    void shouldDeadLetterTheCoordinatesOfARecordThatIsTooLarge() {
        bench.publish(null, new byte[11_000], new RecordHeaders());

        assertThat(bench.response().error().reason()).isEqualTo(Reason.OVERSIZE);
        TestRecord<byte[], byte[]> letter = bench.deadLetter();
        assertThat(letter.value()).isNull();
        assertThat(header(letter, "weir-source-offset")).isEqualTo("0");
    }

    @Test
    void shouldAnswerARecordThatIsTooLargeUnderTheIdOfItsHeaders() {
        RecordHeaders named = new RecordHeaders();
        named.add("weir-id", "order-1".getBytes(UTF_8)).add("weir-tenant", "shop".getBytes(UTF_8));
        bench.publish(null, new byte[11_000], named);
        bench.publish(null, new byte[10], named.add("more", new byte[11_000]));

        GrokResponse told = bench.response();
        assertThat(told.id()).isEqualTo("order-1");
        assertThat(told.tenant()).isEqualTo("shop");
        assertThat(told.error().reason()).isEqualTo(Reason.OVERSIZE);
        assertThat(header(bench.deadLetter(), "weir-id")).isEqualTo("order-1");
        assertThat(bench.response().id()).as("with headers that are too large").isEqualTo("grok.requests-0-1");
    }

    @Test
    void shouldAnswerARepeatedIdFromTheFirstSuccess() {
        String event = "{\"id\":\"a\",\"body\":" + Bench.BODY + "}";
        bench.publish(event);
        bench.publish(event);
        Started call = bench.call();
        assertThat(bench.asks).noneMatch(AskMessage.Ask.class::isInstance);
        call.answer("one");
        bench.advance(TICK);
        bench.commit();
        bench.publish(event);

        GrokResponse first = bench.response();
        GrokResponse follower = bench.response();
        GrokResponse late = bench.response();
        assertThat(first.duplicate()).isFalse();
        assertThat(follower.duplicate()).isTrue();
        assertThat(late.duplicate()).isTrue();
        assertThat(follower.source().offset()).isEqualTo(1);
        assertThat(late.source().offset()).isEqualTo(2);
        assertThat(late.content()).isEqualTo("one");
        assertThat(bench.started).isEmpty();
    }

    @Test
    void shouldLetAFollowerAskWhenItsLeaderFails() {
        String event = "{\"id\":\"a\",\"body\":" + Bench.BODY + "}";
        bench.publish(event);
        bench.publish(event);
        bench.call().stop(fatal());
        bench.advance(TICK);
        bench.commit();
        bench.call().answer("two");
        bench.advance(TICK);

        assertThat(bench.response().status()).isEqualTo(ResponseStatus.FAILED);
        GrokResponse second = bench.response();
        assertThat(second.status()).isEqualTo(ResponseStatus.SUCCEEDED);
        assertThat(second.duplicate()).isFalse();
        assertThat(second.source().offset()).isEqualTo(1);
    }

    @Test
    void shouldExpireWhatIsStillWaitingAtItsDeadline() {
        bench.publish("{\"deadline\":\"1970-01-01T00:17:00Z\",\"body\":" + Bench.BODY + "}");
        bench.advance(Duration.ofSeconds(30));

        GrokResponse response = bench.response();
        assertThat(response.status()).isEqualTo(ResponseStatus.EXPIRED);
        assertThat(response.error().reason()).isEqualTo(Reason.DEADLINE_PASSED);
        assertThat(bench.asks).anyMatch(AskMessage.Withdraw.class::isInstance);
        assertThat(bench.hasDeadLetter()).isFalse();
    }

    @Test
    void shouldAskAgainInAMomentWhenNoSlotIsFree() {
        bench.close();
        bench = new Bench(1);
        bench.publish(Bench.BODY);
        bench.publish(Bench.BODY);
        bench.grant();
        bench.grant();
        bench.commit();
        assertThat(bench.started).hasSize(1);
        assertThat(bench.take(AskMessage.Settle.class).end()).isEqualTo(CallEnd.UNUSED);

        bench.started.remove().answer("one");
        bench.advance(TICK);
        bench.commit();
        bench.advance(Duration.ofMillis(200));
        bench.call().answer("two");
        bench.advance(TICK);

        assertThat(bench.response().content()).isEqualTo("one");
        assertThat(bench.response().content()).isEqualTo("two");
    }

    @Test
    void shouldSurviveWhatAStrayProducerWritesToTheInbox() {
        bench.inbox(new byte[] {9, 9, 9});
        bench.publish(Bench.BODY);
        bench.call().answer("fine");
        bench.advance(TICK);

        assertThat(bench.response().content()).isEqualTo("fine");
    }

    private static GrokOutcome.Stopped serverError(Duration retryAfter) {
        GrokError error = new GrokError(StopClass.TRANSIENT, Reason.SERVER_ERROR, "boom", 503, null, false);
        return new GrokOutcome.Stopped(error, retryAfter, null, RateLimitHeaders.NONE);
    }

    private static GrokOutcome.Stopped fatal() {
        GrokError error = new GrokError(StopClass.FATAL, Reason.INVALID_REQUEST, "no", 400, null, false);
        return new GrokOutcome.Stopped(error, null, null, RateLimitHeaders.NONE);
    }

    private static String header(TestRecord<byte[], byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), UTF_8);
    }
}
