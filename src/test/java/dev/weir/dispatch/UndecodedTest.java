package dev.weir.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Blob;
import dev.weir.event.EventFormat;
import dev.weir.event.EventHeader;
import dev.weir.event.GrokResponse;
import dev.weir.event.Reason;
import dev.weir.event.RequestReader;
import dev.weir.event.RequestReading;
import dev.weir.event.ResponseCodec;
import dev.weir.event.ResponseStatus;
import dev.weir.event.SourceCoordinates;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Records whose schema cannot be reached, of which it is not known yet what they ask. */
final class UndecodedTest {
    private boolean down = true;
    private final Bench bench = new Bench(10, new Moody());

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void shouldWaitForTheSchemaAndThenAsk() {
        bench.publish(Bench.BODY);
        bench.advance(Duration.ofSeconds(20));
        assertThat(bench.hasResponse()).isFalse();
        assertThat(bench.hasDeadLetter()).isFalse();
        assertThat(undecoded()).isOne();

        down = false;
        bench.advance(Duration.ofSeconds(6));
        assertThat(undecoded()).isZero();
        bench.call().answer("hello");
        bench.advance(Duration.ofMillis(20));

        GrokResponse response = bench.response();
        assertThat(response.status()).isEqualTo(ResponseStatus.SUCCEEDED);
        assertThat(response.timing().queueMillis()).isGreaterThanOrEqualTo(20_000);
        assertThat(bench.hasResponse()).isFalse();
    }

    @Test
    void shouldRejectWhatTurnsOutToBeNoRequest() {
        bench.publish("{}");
        down = false;
        bench.advance(Duration.ofSeconds(6));

        assertThat(bench.response().error()).isNotNull();
        assertThat(bench.deadLetter().value()).isEqualTo("{}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        bench.advance(Duration.ofSeconds(60));
        assertThat(bench.hasResponse()).isFalse();
    }

    @Test
    void shouldEndByAgeWhenTheSchemaNeverComes() {
        bench.publish(Bench.BODY);

        bench.advance(Duration.ofDays(2));

        GrokResponse response = bench.response();
        assertThat(response.status()).isEqualTo(ResponseStatus.EXPIRED);
        assertThat(response.error().reason()).isEqualTo(Reason.TOO_OLD);
        assertThat(response.model()).isNull();
        assertThat(bench.hasDeadLetter()).isFalse();
    }

    @Test
    void shouldKeepARequestWhoseSchemaIsGoneWhenItsPermitComes() {
        down = false;
        bench.publish(Bench.BODY);
        down = true;
        bench.grant();
        bench.commit();
        assertThat(bench.started).isEmpty();

        down = false;
        bench.advance(Duration.ofSeconds(2));
        bench.call().answer("hello");
        bench.advance(Duration.ofMillis(20));

        assertThat(bench.response().content()).isEqualTo("hello");
    }

    private double undecoded() {
        return bench.meters.get("weir.undecoded").gauge().value();
    }

    private final class Moody implements EventFormat {
        @Override
        public RequestReading read(@Nullable Blob value, List<EventHeader> headers, SourceCoordinates source) {
            return down
                    ? new RequestReading.Unavailable(source.toString(), "down")
                    : RequestReader.read(value, headers, source);
        }

        @Override
        public byte[] write(GrokResponse response) {
            return ResponseCodec.write(response);
        }
    }
}
