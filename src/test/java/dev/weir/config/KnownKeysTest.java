package dev.weir.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

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
            assertThat(KnownKeys.nearest(typed))
                    .as("seed %d, typed %s", seed, typed)
                    .isPresent();
            assertThat(KnownKeys.edits(typed, KnownKeys.nearest(typed).orElseThrow()))
                    .as("seed %d, typed %s", seed, typed)
                    .isEqualTo(1);
        });
    }
}
