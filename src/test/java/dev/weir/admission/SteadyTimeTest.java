package dev.weir.admission;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SteadyTimeTest {
    @Test
    void shouldFollowAClockThatOnlyGoesForward() {
        SteadyTime time = new SteadyTime(100);

        assertThat(time.at(100)).isEqualTo(100);
        assertThat(time.at(250)).isEqualTo(250);
    }

    @Test
    void shouldGoOnAtTheSamePaceAfterAStepBack() {
        SteadyTime time = new SteadyTime(10_000);

        assertThat(time.at(4_000)).isEqualTo(10_000);
        assertThat(time.at(4_030)).isEqualTo(10_030);
    }

    @Test
    void shouldStopAtTheEndOfTime() {
        SteadyTime time = new SteadyTime(0);

        assertThat(time.at(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
        time.at(Long.MIN_VALUE);
        assertThat(time.at(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
    }
}
