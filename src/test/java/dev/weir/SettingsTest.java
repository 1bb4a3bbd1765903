package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.ConfigLoader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the parts of a process are told. */
final class SettingsTest {
    /** The client has no bound of its own. */
    @Test
    void shouldCallAsManyAtOnceAsBothBoundsAllow() {
        assertThat(slots("call.max.in.flight=7", "grok.max.connections=9")).isEqualTo(7);
        assertThat(slots("call.max.in.flight=9", "grok.max.connections=7")).isEqualTo(7);
    }

    private static int slots(String... overrides) {
        return new Settings(ConfigLoader.load(null, List.of(overrides), Map.of()))
                .callBounds()
                .maxInFlight();
    }
}
