package dev.weir.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ResponseCodecTest {
    private static final Timing TIMING = new Timing(
            Instant.parse("2026-11-21T10:15:00.001Z"), Instant.parse("2026-11-21T10:15:01Z"), 3, 0, 812, 184);
    private static final SourceCoordinates SOURCE = new SourceCoordinates("grok.requests", 0, 17);

    @Test
    void shouldWriteTheContractsFieldsInOrder() {
        String json = new String(ResponseCodec.write(succeeded()), java.nio.charset.StandardCharsets.UTF_8);

        assertThat(json)
                .isEqualTo("{\"id\":\"order-4711\",\"status\":\"succeeded\",\"model\":\"grok-4.5\",\"content\":\"Hi\","
                        + "\"response\":{\"raw\" : 1.50},\"usage\":{\"promptTokens\":12,\"cachedTokens\":0,"
                        + "\"completionTokens\":40,\"reasoningTokens\":100,\"totalTokens\":152,\"costUsd\":0.0000001},"
                        + "\"error\":null,\"attempts\":1,\"possiblyRepeated\":false,"
                        + "\"timing\":{\"receivedAt\":\"2026-11-21T10:15:00.001Z\",\"completedAt\":\"2026-11-21T10:15:01Z\","
                        + "\"queueMillis\":3,\"retryMillis\":0,\"providerMillis\":812,\"overheadMillis\":184},"
                        + "\"priority\":\"high\",\"tenant\":\"checkout\",\"conversation\":null,"
                        + "\"metadata\":{\"any\":\"strings\"},"
                        + "\"source\":{\"topic\":\"grok.requests\",\"partition\":0,\"offset\":17}}");
    }

    @Test
    void shouldReadWhatItWrote() {
        GrokResponse failed = failed();

        assertThat(ResponseCodec.read(ResponseCodec.write(failed))).isEqualTo(failed);
        assertThat(ResponseCodec.read(ResponseCodec.write(succeeded())).usage())
                .isEqualTo(succeeded().usage());
    }

    @Test
    void shouldNameWhatIsMissing() {
        assertThatThrownBy(() -> ResponseCodec.read("{}".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no id");
    }

    static GrokResponse succeeded() {
        return new GrokResponse(
                "order-4711",
                ResponseStatus.SUCCEEDED,
                "grok-4.5",
                "Hi",
                Blob.utf8("{\"raw\" : 1.50}"),
                new Usage(12, 0, 40, 100, 152, new BigDecimal("0.0000001")),
                null,
                1,
                false,
                false,
                TIMING,
                Priority.HIGH,
                "checkout",
                null,
                Map.of("any", "strings"),
                SOURCE);
    }

    static GrokResponse failed() {
        return new GrokResponse(
                "order-4712",
                ResponseStatus.FAILED,
                null,
                null,
                null,
                null,
                new ErrorInfo(StopClass.FATAL, Reason.CONTEXT_TOO_LONG, "too long", 400, "invalid-argument"),
                1,
                true,
                true,
                TIMING,
                Priority.NORMAL,
                null,
                "cart-99",
                Map.of(),
                SOURCE);
    }
}
