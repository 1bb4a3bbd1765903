package dev.weir.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Reason;
import dev.weir.event.ResponseStatus;
import dev.weir.event.StopClass;
import dev.weir.grok.GrokError;
import dev.weir.grok.GrokOutcome;
import dev.weir.grok.RateLimitHeaders;
import java.time.Duration;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Records in a retry tier that no gateway wrote. */
final class StrayRetryTest {
    private final Bench bench = Bench.withSlowTiers();

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void shouldIgnoreATicketOfAnImpossibleOffset() {
        bench.publish(Bench.BODY);

        bench.retried(null, Bench.BODY.getBytes(UTF_8), ticket("-1", "1"));
        bench.retried(null, Bench.BODY.getBytes(UTF_8), ticket("0", "4294967297"));

        bench.call().answer("hello");
        bench.advance(Duration.ofMillis(20));
        assertThat(bench.response().content()).isEqualTo("hello");
    }

    @Test
    void shouldIgnoreAnotherPayloadThanTheOneThatLeft() {
        bench.publish("{\"id\":\"a\",\"body\":" + Bench.BODY + "}");
        Bench.Started first = bench.call();
        first.stop(busy());
        bench.advance(Duration.ofMillis(20));
        bench.retried(null, "{".getBytes(UTF_8), ticket("0", "2"));
        bench.retried(null, ("{\"id\":\"b\",\"body\":" + Bench.BODY + "}").getBytes(UTF_8), ticket("0", "2"));
        bench.retried(null, new byte[20_000], ticket("0", "2"));
        bench.retriesReturn();

        bench.advance(Duration.ofSeconds(3));
        bench.call().answer("hello");
        bench.advance(Duration.ofMillis(20));

        assertThat(bench.response().status()).isEqualTo(ResponseStatus.SUCCEEDED);
    }

    @Test
    void shouldIgnoreAnotherIdUnderTheTrueTicket() {
        bench.publish("{\"id\":\"a\",\"body\":" + Bench.BODY + "}");
        bench.call().stop(busy());
        bench.advance(Duration.ofMillis(20));
        bench.retriesReturn(left -> ("{\"id\":\"b\",\"body\":" + Bench.BODY + "}").getBytes(UTF_8));
        bench.advance(Duration.ofSeconds(3));

        assertThat(bench.started).isEmpty();
        assertThat(bench.hasResponse()).isFalse();
    }

    private static GrokOutcome.Stopped busy() {
        return new GrokOutcome.Stopped(
                new GrokError(StopClass.TRANSIENT, Reason.SERVER_ERROR, "busy", 503, null, false),
                null,
                null,
                RateLimitHeaders.NONE);
    }

    private static Headers ticket(String offset, String tryNumber) {
        RecordHeaders headers = new RecordHeaders();
        String[][] ticket = {
            {"weir-id", "x"},
            {"weir-try", tryNumber},
            {"weir-attempt", "1"},
            {"weir-not-before", "5"},
            {"weir-first-seen", "5"},
            {"weir-reason", "server_error"},
            {"weir-source-topic", "grok.requests"},
            {"weir-source-partition", "0"},
            {"weir-source-offset", offset},
        };
        for (String[] header : ticket) {
            headers.add(header[0], header[1].getBytes(UTF_8));
        }
        return headers;
    }
}
