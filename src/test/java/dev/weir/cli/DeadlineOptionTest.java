package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

final class DeadlineOptionTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "500ms, 2026-11-21T10:00:00.500Z",
        "30s, 2026-11-21T10:00:30Z",
        "5m, 2026-11-21T10:05:00Z",
        "2h, 2026-11-21T12:00:00Z",
        "1d, 2026-11-22T10:00:00Z",
        "PT1M30S, 2026-11-21T10:01:30Z",
        "2026-12-01T00:00:00Z, 2026-12-01T00:00:00Z",
    })
    void shouldReadDurationsAndInstants(String text, Instant deadline) {
        assertThat(new DeadlineOption.Converter().convert(text).from(NOW)).isEqualTo(deadline);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "30", "-5s", "soon", "99999999999s", "2026-12-01"})
    void shouldRefuseOtherTexts(String text) {
        assertThatThrownBy(() -> new DeadlineOption.Converter().convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("is no deadline; give a duration such as 30s");
    }

    @Test
    void shouldCountADurationFromThePublicationOfEachRequest() {
        DeadlineOption deadline = new DeadlineOption.Converter().convert("1m");

        assertThat(deadline.from(NOW.plusSeconds(10))).isEqualTo(NOW.plusSeconds(70));
    }
}
