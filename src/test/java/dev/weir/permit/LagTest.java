package dev.weir.permit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class LagTest {
    @Test
    void shouldTellWhatExceedsTheQuickestMessage() {
        Lag lag = new Lag(1);

        assertThat(lag.excessMillis(1_000_000, 5_003_000)).isZero();
        assertThat(lag.excessMillis(1_100_000, 5_143_000)).isEqualTo(40);
        assertThat(lag.excessMillis(1_200_000, 5_202_000)).as("a quicker one").isZero();
        assertThat(lag.excessMillis(1_300_000, 5_343_000)).isEqualTo(41);
    }

    @Test
    void shouldForgetTheQuickestAfterTwentySeconds() {
        Lag lag = new Lag(1);
        lag.excessMillis(0, 1_000);
        lag.excessMillis(15_000_000, 15_051_000);

        assertThat(lag.excessMillis(16_000_000, 16_051_000))
                .as("one span later")
                .isEqualTo(50);
        assertThat(lag.excessMillis(40_000_000, 40_051_000))
                .as("two spans later")
                .isZero();
    }

    @Test
    void shouldNeverTellMoreThanTheMessageTookWhateverTheOffsetOfTheClocks() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            long offset = random.nextLong() / 4;
            Lag lag = new Lag(1);
            long sent = 0;
            for (int i = 0; i < 500; i++) {
                sent += random.nextInt(200_000);
                long took = random.nextInt(100_000);
                assertThat(lag.excessMillis(sent, sent + took + offset))
                        .as("seed " + seed)
                        .isBetween(0L, took / 1_000);
            }
        }
    }
}
