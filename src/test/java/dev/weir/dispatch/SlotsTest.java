package dev.weir.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SlotsTest {
    private final Slots slots = slots(40);

    @Test
    void shouldGiveWhatIsWantedWhileThereIsRoom() {
        assertThat(slots.turnOf(0, 3)).isEqualTo(3);
    }

    @Test
    void shouldKeepAFewForCallsWithPermits() {
        take(37);
        assertThat(slots.turnOf(0, 5)).isEqualTo(1);
        take(1);

        assertThat(slots.turnOf(0, 5)).isZero();
        assertThat(slots.isFree()).isTrue();
    }

    @Test
    void shouldLetPartitionsTakeTurns() {
        take(38);
        assertThat(slots.turnOf(0, 5)).isZero();
        assertThat(slots.turnOf(1, 5)).isZero();

        slots.giveBack(0);
        assertThat(slots.turnOf(1, 5)).as("0 came first").isZero();
        assertThat(slots.turnOf(0, 5)).isEqualTo(1);
        assertThat(slots.turnOf(0, 4)).as("now it is the turn of 1").isZero();
        assertThat(slots.turnOf(1, 5)).isEqualTo(1);
    }

    @Test
    void shouldNotWaitForAPartitionThatLeft() {
        take(38);
        assertThat(slots.turnOf(0, 5)).isZero();
        slots.giveBack(0);

        slots.leaveLine(0);

        assertThat(slots.turnOf(1, 5)).isEqualTo(1);
    }

    @Test
    void shouldGiveNoneWhileTheProcessDrains() {
        slots.drain();

        assertThat(slots.turnOf(0, 1)).isZero();
    }

    private void take(int count) {
        for (int i = 0; i < count; i++) {
            slots.take();
        }
    }

    private static Slots slots(int count) {
        return new Slots(new CallBounds(count, 1_000_000, Duration.ofMinutes(1)));
    }
}
