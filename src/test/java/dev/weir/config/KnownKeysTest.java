package dev.weir.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class KnownKeysTest {
    @Test
    void shouldCountEdits() {
        assertThat(KnownKeys.edits("kitten", "sitting")).isEqualTo(3);
        assertThat(KnownKeys.edits("", "abc")).isEqualTo(3);
        assertThat(KnownKeys.edits("abc", "abc")).isZero();
    }

    @Test
    void shouldFindEveryKeyBackAfterOneTypingError() {
        long seed = 20_261_121L;
        Random random = new Random(seed);
        ConfigKeys.all().forEach(key -> {
            int at = random.nextInt(key.name.length());
            String typed = key.name.substring(0, at) + "~" + key.name.substring(at + 1);
            assertThat(KnownKeys.edits(typed, KnownKeys.nearest(typed)))
                    .as("seed %d, typed %s", seed, typed)
                    .isLessThanOrEqualTo(1);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "grok.timeout.ms, grok.call.timeout.ms",
        "bootstrap, bootstrap.servers",
        "kafca.consumer.fetch.max.bytes, kafka.consumer.fetch.max.bytes",
        "quota.grok-4.5.request.per.second, quota.grok-4.5.requests.per.second",
        "quota.grok-4.5.tokens.minute, quota.grok-4.5.tokens.per.minute",
        "quota.default.in.flight, quota.default.max.in.flight",
        "quota.a.x, quota.a.reserve",
        "quota.a.b.x, quota.a.b.reserve",
        "quota.a.burst.percent, quota.burst.percent",
        "quotas.grok-4.5.reserve, quota.grok-4.5.reserve",
        "quota.tokens.per.minute, quota.default.tokens.per.minute",
        "quota.reserve, quota.default.reserve"
    })
    void shouldNameTheNearestKeyOfAnyOther(String typed, String nearest) {
        assertThat(KnownKeys.nearest(typed)).isEqualTo(nearest);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "x",
                "utterly.unlike.anything",
                "quota",
                "quota.",
                "quota..x",
                "kafka.",
                "tenant.weight."
            })
    void shouldNameSomeKeyOfEveryOther(String typed) {
        assertThat(KnownKeys.isKnown(typed)).isFalse();
        assertThat(ConfigKeys.all())
                .anySatisfy(key -> assertThat(KnownKeys.nearest(typed)).isEqualTo(key.name));
    }
}
