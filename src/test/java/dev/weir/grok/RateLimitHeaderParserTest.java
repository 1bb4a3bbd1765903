package dev.weir.grok;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RateLimitHeaderParserTest {
    private static final Instant NOW = Instant.ofEpochMilli(1_790_000_000_000L);

    @Test
    void shouldReadXaisOwnFamily() {
        Map<String, String> headers = Map.of(
                "x-ratelimit-limit-requests", "7200",
                "x-ratelimit-remaining-requests", "7199",
                "x-ratelimit-limit-tokens", "50000000",
                "x-ratelimit-remaining-tokens", " 49999000 ",
                "x-ratelimit-limit", "5");

        assertThat(RateLimitHeaderParser.parse(headers, NOW))
                .isEqualTo(new RateLimitHeaders(7200L, 7199L, 50_000_000L, 49_999_000L, null, 60_000L));
    }

    @Test
    void shouldTakeTheLaterOfTwoResets() {
        Map<String, String> headers = Map.of(
                "x-ratelimit-remaining-requests", "0",
                "x-ratelimit-reset-requests", "1s",
                "x-ratelimit-reset-tokens", "6m0s");

        assertThat(RateLimitHeaderParser.parse(headers, NOW).resetMillis()).isEqualTo(360_000);
    }

    @ParameterizedTest
    @CsvSource({
        "30, 30000",
        "0.5, 500",
        "0, 0",
        "1s, 1000",
        "6m0s, 360000",
        "250ms, 250",
        "1m30.5s, 90500",
        "1h, 3600000",
        "2d, 172800000",
        "1s500ms, 1500",
        "5m, 300000",
        "1790000012, 12000",
        "1789999999, 0",
        "1790000000250, 250",
        "1780000000000, 0",
    })
    void shouldReadThePlainFamilysReset(String reset, long millis) {
        Map<String, String> headers =
                Map.of("x-ratelimit-limit", "60", "x-ratelimit-remaining", "0", "x-ratelimit-reset", reset);

        assertThat(RateLimitHeaderParser.parse(headers, NOW))
                .isEqualTo(new RateLimitHeaders(60L, 0L, null, null, millis, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "soon", "s", "1x", "1s2h", "NaN", "1e9", "999999999999999999999", "١"})
    void shouldIgnoreNonsense(String value) {
        Map<String, String> headers = Map.of(
                "x-ratelimit-limit", value,
                "x-ratelimit-reset", value,
                "x-ratelimit-limit-tokens", value,
                "x-ratelimit-reset-tokens", value);

        assertThat(RateLimitHeaderParser.parse(headers, NOW)).isEqualTo(RateLimitHeaders.NONE);
    }
}
