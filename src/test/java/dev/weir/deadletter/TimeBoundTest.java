package dev.weir.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TimeBoundTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "2026-11-20T10:00:00Z, 2026-11-20T10:00:00Z",
        "2026-11-20T10:00:00+01:00, 2026-11-20T09:00:00Z",
        "2026-11-20, 2026-11-20T00:00:00Z",
        "2h, 2026-11-21T10:00:00Z",
        "7d, 2026-11-14T12:00:00Z",
        "PT30M, 2026-11-21T11:30:00Z",
        "500ms, 2026-11-21T11:59:59.500Z"
    })
    void shouldReadInstantsDatesAndAges(String text, Instant expected) {
        assertThat(TimeBound.parse(text, NOW)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "2026-13-01", "2026-11-20T10:00", "-2h", "PT-2H", "2w", "999999999h"})
    void shouldRefuseWhatIsNoTime(String text) {
        assertThatThrownBy(() -> TimeBound.parse(text, NOW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + text + "' is no time; use 2026-11-21T10:15:00Z, 2026-11-21, or a duration like 2h");
    }

    @Test
    void shouldReadDurations() {
        assertThat(TimeBound.duration("90s")).isEqualTo(Duration.ofSeconds(90));
        assertThatThrownBy(() -> TimeBound.duration("2026-11-20")).hasMessageContaining("is no duration");
    }
}
