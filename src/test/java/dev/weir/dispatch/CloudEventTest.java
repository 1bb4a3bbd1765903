package dev.weir.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.CloudEvents;
import dev.weir.event.EventFormat;
import dev.weir.event.GrokResponse;
import dev.weir.event.Reason;
import dev.weir.event.ResponseStatus;
import dev.weir.event.StopClass;
import dev.weir.grok.GrokError;
import dev.weir.grok.GrokOutcome;
import dev.weir.grok.RateLimitHeaders;
import dev.weir.permit.InboxMessage;
import dev.weir.permit.PermitCodec;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** CloudEvents on their way through dispatch. */
final class CloudEventTest {
    private final Bench bench = new Bench(
            10,
            new CloudEvents(EventFormat.json(), new CloudEvents.Settings("/w", "<type>.response", "application/json")));

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void shouldTellTheRequestInTheResponseAfterARetryTopic() {
        String event = "{\"specversion\":\"1.0\",\"id\":\"a\",\"source\":\"/shop\",\"type\":\"ask\","
                + "\"subject\":\"cart\",\"data\":" + Bench.BODY + "}";
        bench.publish(
                null,
                event.getBytes(UTF_8),
                new RecordHeaders().add("content-type", "application/cloudevents+json".getBytes(UTF_8)));
        GrokError passing = new GrokError(StopClass.TRANSIENT, Reason.SERVER_ERROR, "500", 500, null, false);
        bench.call().stop(new GrokOutcome.Stopped(passing, null, null, RateLimitHeaders.NONE));
        bench.advance(Duration.ofMillis(20));
        assertThat(bench.hasResponse()).isFalse();

        bench.advance(Duration.ofSeconds(10));
        Bench.Started second = bench.call();
        assertThat(second.call().body().text()).isEqualTo(Bench.BODY);
        second.answer("hello");
        bench.advance(Duration.ofMillis(20));

        Headers response = bench.responseRecord().headers();
        assertThat(text(response, "weir-id")).isEqualTo("a");
        assertThat(text(response, "ce_requestid")).isEqualTo("a");
        assertThat(text(response, "ce_requestsource")).isEqualTo("/shop");
        assertThat(text(response, "ce_type")).isEqualTo("ask.response");
        assertThat(text(response, "ce_subject")).isEqualTo("cart");
        assertThat(text(response, "ce_id")).isEqualTo("grok.requests-0-0");
        assertThat(text(response, "content-type")).isEqualTo("application/json");
    }

    @Test
    void shouldTakeTheSameIdOfTwoSourcesForTwoRequests() {
        binary("/shop");
        binary("/mall");
        bench.call().answer("to the shop");
        bench.call().answer("to the mall");
        bench.advance(Duration.ofMillis(20));
        binary("/shop");

        assertThat(bench.response().content()).isEqualTo("to the shop");
        assertThat(bench.response().content()).isEqualTo("to the mall");
        assertThat(bench.response().duplicate()).isTrue();
        assertThat(bench.hasResponse()).isFalse();
    }

    @Test
    void shouldCancelTheRequestsOfAnIdWhateverTheirSources() {
        binary("/shop");
        binary("/shop");
        binary("/mall");

        cancel();

        assertThat(List.of(bench.response(), bench.response(), bench.response()))
                .extracting(GrokResponse::status)
                .containsOnly(ResponseStatus.CANCELLED);
        binary("/shop");
        assertThat(bench.hasResponse()).as("the cancel is used up").isFalse();
    }

    @Test
    void shouldNotRememberTheCancelOfAnAnsweredEvent() {
        binary("/shop");
        bench.call().answer("to the shop");
        bench.advance(Duration.ofMillis(20));
        assertThat(bench.response().content()).isEqualTo("to the shop");

        cancel();
        binary("/shop");
        binary("/mall");

        assertThat(bench.response().duplicate()).isTrue();
        assertThat(bench.hasResponse()).as("of the other source").isFalse();
    }

    private void cancel() {
        bench.inbox(PermitCodec.encode(new InboxMessage.Cancel("a", null)));
    }

    @Test
    void shouldDeadLetterABrokenEventWithItsOwnHeadersAndAnswerPlainly() {
        RecordHeaders headers = new RecordHeaders();
        headers.add("ce_specversion", "1.0".getBytes(UTF_8)).add("ce_id", "a".getBytes(UTF_8));
        bench.publish(null, Bench.BODY.getBytes(UTF_8), headers);

        TestRecord<byte[], byte[]> letter = bench.deadLetter();
        assertThat(text(letter.headers(), "ce_id")).isEqualTo("a");
        assertThat(text(letter.headers(), "weir-message")).startsWith("header ce_source is missing");
        Headers response = bench.responseRecord().headers();
        assertThat(text(response, "weir-id")).isEqualTo("a");
        assertThat(response.lastHeader("ce_specversion")).isNull();
    }

    private void binary(String source) {
        RecordHeaders headers = new RecordHeaders();
        headers.add("ce_specversion", "1.0".getBytes(UTF_8))
                .add("ce_id", "a".getBytes(UTF_8))
                .add("ce_source", source.getBytes(UTF_8))
                .add("ce_type", "ask".getBytes(UTF_8));
        bench.publish(null, Bench.BODY.getBytes(UTF_8), headers);
    }

    private static String text(Headers headers, String name) {
        return new String(headers.lastHeader(name).value(), UTF_8);
    }
}
