package dev.weir.grok;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GrokSettingsTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @ParameterizedTest
    @CsvSource({
        "https://api.x.ai,             /v1/chat/completions",
        "https://api.x.ai/,            /v1/chat/completions",
        "https://api.x.ai/v1,          /v1/chat/completions",
        "https://api.x.ai/v1/,         /v1/chat/completions",
        "http://localhost:8080/grok,   /grok/v1/chat/completions",
        "http://localhost:8080/g/v1/,  /g/v1/chat/completions",
    })
    void shouldPutThePathBelowTheBase(String base, String path) {
        assertThat(settings(base, MINUTE, MINUTE, 4096).completionsPath()).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"api.x.ai", "ftp://api.x.ai", "https:///v1", "https://api.x.ai?x=1", "https://api.x.ai#x", "/v1"
            })
    void shouldRefuseAnAddressThatCannotBeCalled(String base) {
        assertThatThrownBy(() -> settings(base, MINUTE, MINUTE, 4096))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("baseUrl is " + base);
    }

    @Test
    void shouldNotShowAPasswordInTheAddress() {
        assertThatThrownBy(() -> settings("https://me:secret@api.x.ai", MINUTE, MINUTE, 4096))
                .hasMessageContaining("baseUrl is https://***@api.x.ai");
    }

    @Test
    void shouldNameTheValueOutOfRange() {
        String base = "https://api.x.ai";
        assertThatThrownBy(() -> settings(base, Duration.ZERO, MINUTE, 4096))
                .hasMessage("callTimeout is PT0S, expected more than zero");
        assertThatThrownBy(() -> settings(base, MINUTE, Duration.ofMillis(-1), 4096))
                .hasMessageContaining("connectTimeout is PT-0.001S");
        assertThatThrownBy(() -> settings(base, MINUTE, MINUTE, 1023))
                .hasMessage("maxResponseBytes is 1023, expected at least 1024");
    }

    private static GrokSettings settings(String base, Duration call, Duration connect, long maxResponseBytes) {
        return new GrokSettings(URI.create(base), call, connect, maxResponseBytes);
    }
}
