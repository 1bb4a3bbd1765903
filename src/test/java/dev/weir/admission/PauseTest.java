package dev.weir.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PauseTest {
    private static final PauseSettings SETTINGS =
            new PauseSettings(Duration.ofMillis(500), Duration.ofSeconds(30), Duration.ofMinutes(10));

    @Test
    void shouldHoldUntilRetryAfter() {
        Pause pause = Pause.NONE.refused(SETTINGS, 900, 2_000L, 1_000, 0.5);

        assertThat(pause.holds(2_999)).isTrue();
        assertThat(pause.holds(3_000)).isFalse();
    }

    @Test
    void shouldDoubleItsOwnChoiceWithEveryRefusalInARowUpToTheMaximum() {
        Pause pause = Pause.NONE;
        long now = 0;
        long[] lengths = new long[9];
        for (int i = 0; i < lengths.length; i++) {
            pause = pause.refused(SETTINGS, now, null, now, 0.0);
            lengths[i] = pause.untilMillis() - now;
            now = pause.untilMillis() + 1;
        }

        assertThat(lengths).containsExactly(250, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000);
    }

    @Test
    void shouldStayBetweenHalfAndWholeOfTheBoundWhateverTheDraw() {
        Seeds.forEach(500, random -> {
            long chosen = SETTINGS.ownChoiceMillis(1 + random.nextInt(100), random.nextDouble());
            assertThat(chosen).isBetween(250L, 30_000L);
        });
        assertThat(SETTINGS.ownChoiceMillis(Integer.MAX_VALUE, 0.999)).isBetween(15_000L, 30_000L);
    }

    @Test
    void shouldCountABurstOnce() {
        Pause first = Pause.NONE.refused(SETTINGS, 900, null, 1_000, 0.5);
        Pause second = first.refused(SETTINGS, 950, null, 1_050, 0.5);
        Pause third = second.refused(SETTINGS, 1_000, 5_000L, 1_100, 0.5);

        assertThat(second).isEqualTo(first);
        assertThat(third.inARow()).isOne();
        assertThat(third.untilMillis()).as("a longer Retry-After still counts").isEqualTo(6_100);
    }

    @Test
    void shouldForgetThePastOnlyAfterAnAnswerToACallGrantedAfterThePause() {
        Pause pause = Pause.NONE.refused(SETTINGS, 900, null, 1_000, 0.5);

        assertThat(pause.answered(950)).isEqualTo(pause);
        assertThat(pause.answered(2_000).inARow()).isZero();
        assertThat(pause.answered(2_000)
                        .refused(SETTINGS, 3_000, null, 3_000, 0.0)
                        .untilMillis())
                .isEqualTo(3_250);
    }

    @Test
    void shouldNotObeyAnAbsurdRetryAfter() {
        assertThat(Pause.NONE.refused(SETTINGS, 0, Long.MAX_VALUE, 0, 0.5).untilMillis())
                .isEqualTo(600_000);
        assertThat(Pause.NONE.refused(SETTINGS, 0, -5L, 0, 0.0).untilMillis()).isEqualTo(250);
        assertThat(new Pause(10, Long.MAX_VALUE, 1).readAt(0, SETTINGS).untilMillis())
                .isEqualTo(600_000);
    }

    @Test
    void shouldOpenForAnOperatorWithoutTheOldBurstClosingItAgain() {
        Pause opened = Pause.NONE.refused(SETTINGS, 900, 60_000L, 1_000, 0.5).opened();

        assertThat(opened.holds(1_001)).isFalse();
        assertThat(opened.refused(SETTINGS, 950, null, 1_100, 0.5).holds(1_100)).isFalse();
    }
}
