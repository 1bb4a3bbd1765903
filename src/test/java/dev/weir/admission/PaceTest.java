package dev.weir.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PaceTest {
    private static final long NOW = 1_000_000;

    @Test
    void shouldLetPartOfTheWindowGoAtOnceAndSpreadTheRest() {
        Pace pace = new Pace(1_000, 50);
        assertThat(starts(pace, NOW, 20, 20))
                .as("ten of twenty at once, then one every 50 ms")
                .startsWith(NOW, NOW)
                .contains(NOW, NOW + 50, NOW + 100)
                .endsWith(NOW + 450);
        assertThat(starts(pace, NOW + 450, 3, 20)).containsExactly(NOW + 500, NOW + 550, NOW + 600);
    }

    @Test
    void shouldEarnABurstByRestButNotByWaitingForTheWindow() {
        Pace rested = new Pace(1_000, 50);
        starts(rested, NOW, 30, 20);
        assertThat(starts(rested, NOW + 5_000, 10, 20)).containsOnly(NOW + 5_000);

        Pace waited = new Pace(1_000, 50);
        starts(waited, NOW, 30, 20);
        waited.granted(NOW + 5_000, true, 1, 20);
        assertThat(waited.dueMillis()).isEqualTo(NOW + 5_050);
    }

    /** Shares that are no whole milliseconds: rounding each start up must cost nothing of the limit. */
    @Test
    void shouldStartAsManyAsTheLimitAllowsOverLongTimes() {
        Pace pace = new Pace(1_010, 50);
        long start = NOW;
        for (int i = 0; i < 1_000; i++) {
            pace.granted(start, true, 1, 100);
            start = Math.max(start, pace.dueMillis());
        }

        assertThat(start).isEqualTo(NOW + 10_100);
    }

    @Test
    void shouldTakeBackWhatWasNotUsed() {
        Pace pace = new Pace(60_000, 1);
        pace.granted(NOW, true, 1_000, 10_000);
        assertThat(pace.dueMillis()).isEqualTo(NOW + 6_000);
        pace.corrected(-500, 10_000);
        assertThat(pace.dueMillis()).isEqualTo(NOW + 3_000);
    }

    @Test
    void shouldNeverDelayWithoutALimitOrWithAFullBurst() {
        Pace unlimited = new Pace(1_000, 50);
        assertThat(starts(unlimited, NOW, 1_000, 0)).containsOnly(NOW);
        Pace off = new Pace(1_000, 100);
        assertThat(starts(off, NOW, 1_000, 20)).containsOnly(NOW);
    }

    @Test
    void shouldNotBeFooledByATimeOfAnotherClock() {
        Pace pace = new Pace(1_000, 50);
        pace.restore((NOW + 86_400_000) * 1_000, NOW);
        assertThat(pace.dueMillis()).isEqualTo(NOW + 1_000);
    }

    /** When so many start if they are asked for at once. */
    private static List<Long> starts(Pace pace, long nowMillis, int calls, int limit) {
        List<Long> starts = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            long start = Math.max(nowMillis, pace.dueMillis());
            pace.granted(start, false, 1, limit);
            starts.add(start);
        }
        return starts;
    }
}
