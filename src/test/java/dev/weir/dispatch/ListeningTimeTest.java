package dev.weir.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ListeningTimeTest {
    private final ListeningTime time = new ListeningTime();

    @Test
    void shouldGoOnWithTheClock() {
        assertThat(time.millis(7_000_000)).isZero();
        assertThat(time.millis(7_100_000)).isEqualTo(100);
        assertThat(time.millis(7_100_000)).isEqualTo(100);
        assertThat(time.millis(7_350_400)).isEqualTo(350);
    }

    @Test
    void shouldNotCountWhatAProcessThatStoodStillDidNotHear() {
        time.millis(0);

        assertThat(time.millis(20_000_000)).isEqualTo(500);
        assertThat(time.millis(20_200_000)).isEqualTo(700);
    }
}
