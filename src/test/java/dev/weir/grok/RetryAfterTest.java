package dev.weir.grok;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RetryAfterTest {
    private static final Instant NOW = Instant.parse("1994-11-06T08:49:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7                              | 7000",
                "' 7 '                          | 7000",
                "0                              | 0",
                "-5                             | 0",
                "0.25                           | 250",
                "1.                             | 1000",
                "Sun, 06 Nov 1994 08:49:37 GMT  | 37000",
                "Sun Nov  6 08:49:37 1994       | 37000",
                "Sun, 06 Nov 1994 08:00:00 GMT  | 0",
            })
    void shouldReadSecondsAndDates(String value, long millis) {
        assertThat(RetryAfter.parse(Map.of("retry-after", value), NOW)).contains(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "soon",
                "NaN",
                "Infinity",
                "1e3",
                "0x10",
                "99999999999999",
                "Sun, 06 Nov 2994 08:49:37 GMT"
            })
    void shouldIgnoreNonsense(String value) {
        assertThat(RetryAfter.parse(Map.of("retry-after", value), NOW)).isEmpty();
    }

    @Test
    void shouldPreferMilliseconds() {
        assertThat(RetryAfter.parse(Map.of("retry-after-ms", "1500", "retry-after", "2"), NOW))
                .contains(Duration.ofMillis(1500));
        assertThat(RetryAfter.parse(Map.of("retry-after-ms", "x", "retry-after", "2"), NOW))
                .contains(Duration.ofSeconds(2));
        assertThat(RetryAfter.parse(Map.of(), NOW)).isEmpty();
    }
}
