package dev.weir.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.event.Blob;
import dev.weir.event.ErrorInfo;
import dev.weir.event.GrokResponse;
import dev.weir.event.Priority;
import dev.weir.event.Reason;
import dev.weir.event.ResponseCodec;
import dev.weir.event.ResponseStatus;
import dev.weir.event.SourceCoordinates;
import dev.weir.event.StopClass;
import dev.weir.event.Timing;
import dev.weir.event.Usage;
import dev.weir.schema.Status;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ResponseAvroTest {
    @Test
    void shouldBeTheSameResponseInAvroAndInJson() throws NotARequest {
        for (long seed = 0; seed < 2_000; seed++) {
            GrokResponse response = draw(new Random(seed));

            GrokResponse back = throughAvro(response);

            assertThat(back).as("seed %s", seed).isEqualTo(response);
            assertThat(ResponseCodec.write(back)).as("seed %s", seed).isEqualTo(ResponseCodec.write(response));
        }
    }

    @Test
    void shouldKnowEveryNameOfTheEvents() throws NotARequest {
        for (Reason reason : Reason.values()) {
            for (StopClass stopClass : StopClass.values()) {
                ErrorInfo error = new ErrorInfo(stopClass, reason, "m", 500, "c");
                GrokResponse response = draw(new Random(1), ResponseStatus.FAILED, error);

                assertThat(throughAvro(response)).isEqualTo(response);
            }
        }
    }

    @Test
    void shouldNameWhatALaterVersionWrote() {
        dev.weir.schema.GrokResponse avro = ResponseAvro.of(draw(new Random(3)));
        avro.setStatus(Status.unknown);

        assertThatThrownBy(() -> ResponseAvro.event(avro)).hasMessage("status is unknown, unknown to this version");
    }

    private static GrokResponse throughAvro(GrokResponse response) throws NotARequest {
        byte[] bytes = AvroBytes.encode(ResponseAvro.of(response));
        return ResponseAvro.event(AvroBytes.decode(
                bytes, 0, dev.weir.schema.GrokResponse.getClassSchema(), dev.weir.schema.GrokResponse.class));
    }

    static GrokResponse draw(Random random) {
        ResponseStatus status = ResponseStatus.values()[random.nextInt(ResponseStatus.values().length)];
        ErrorInfo error = new ErrorInfo(
                StopClass.FATAL,
                Reason.TIMEOUT,
                "m",
                random.nextBoolean() ? 503 : null,
                random.nextBoolean() ? "" : null);
        return draw(random, status, status == ResponseStatus.SUCCEEDED ? null : error);
    }

    private static GrokResponse draw(Random random, ResponseStatus status, ErrorInfo error) {
        Instant received = Instant.ofEpochMilli(random.nextLong(0, 1L << 41));
        return new GrokResponse(
                "id Grüße",
                status,
                random.nextBoolean() ? "grok-4.5" : null,
                random.nextBoolean() ? "text 🙂" : null,
                random.nextBoolean() ? Blob.utf8("{ \"a\" : 1.50, \"ü\":null}") : null,
                random.nextBoolean() ? usage(random) : null,
                error,
                random.nextInt(5),
                random.nextBoolean(),
                random.nextBoolean(),
                new Timing(received, received.plusMillis(9), 1, 2, 3, 3),
                Priority.values()[random.nextInt(Priority.values().length)],
                random.nextBoolean() ? "tenant" : null,
                random.nextBoolean() ? "conversation" : null,
                random.nextBoolean() ? Map.of("a", "1", "b", "") : Map.of(),
                new SourceCoordinates("grok.requests", random.nextInt(9), random.nextLong(Long.MAX_VALUE)));
    }

    private static Usage usage(Random random) {
        BigDecimal cost =
                random.nextBoolean() ? BigDecimal.valueOf(random.nextLong(10_000_000_000_000_000L), 10) : null;
        return new Usage(random.nextInt(9), 1, 2, random.nextLong(Long.MAX_VALUE), 5, cost);
    }
}
