package dev.weir.admission;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SteadyTimeTest {
    @Test
    void shouldGoOnFromTheWallClockAtThePaceOfTheMonotonicOne() {
        SteadyTime time = new SteadyTime(100, 7_000_000);

        assertThat(time.at(7_000_000)).isEqualTo(100);
        assertThat(time.at(7_150_999)).isEqualTo(250);
    }

    @Test
    void shouldNeverGoBack() {
        assertThat(new SteadyTime(10_000, 5_000).at(4_000)).isEqualTo(10_000);
    }

    @Test
    void shouldKnowByHowMuchTheWallClockHasLeftItBehind() {
        SteadyTime time = new SteadyTime(100, 7_000_000);

        assertThat(time.lateMillis(250, 7_150_000)).isZero();
        assertThat(time.lateMillis(10_250, 7_150_000)).isEqualTo(10_000);
        assertThat(time.lateMillis(50, 7_150_000)).as("ahead").isZero();
    }

    @Test
    void shouldStopAtTheEndOfTime() {
        assertThat(new SteadyTime(Long.MAX_VALUE - 1, Long.MIN_VALUE).at(Long.MAX_VALUE))
                .isEqualTo(Long.MAX_VALUE);
    }
}
