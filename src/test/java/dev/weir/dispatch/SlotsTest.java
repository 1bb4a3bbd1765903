package dev.weir.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SlotsTest {
    private final AtomicLong nanos = new AtomicLong(1);
    private final Slots slots = new Slots(new CallBounds(40, 1_000_000, Duration.ofMinutes(1)), nanos::get);

    @Test
    void shouldGiveWhatIsWantedWhileThereIsRoom() {
        assertThat(slots.turnOf(0, 3)).isEqualTo(3);
    }

    @Test
    void shouldGiveNoMoreThanThereAreWhileNoneEnd() {
        take(38);

        assertThat(slots.turnOf(0, 5)).isEqualTo(2);
        take(2);
        assertThat(slots.turnOf(0, 5)).isZero();
        assertThat(slots.isFreeFor(true)).isFalse();
    }

    @Test
    void shouldReserveAsManyAheadAsEndInATenthOfASecondOrTwo() {
        take(40);
        replace(79);

        assertThat(slots.turnOf(0, 9)).isEqualTo(7);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(slots.turnOf(0, 9)).isEqualTo(7);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(slots.turnOf(0, 9)).isZero();
    }

    @Test
    void shouldReserveAtMostHalfAheadAndAsMuchMoreForCallsWithPermits() {
        take(40);
        replace(1_000);
        assertThat(slots.turnOf(0, 99)).isEqualTo(20);
        take(20);

        assertThat(slots.turnOf(0, 99)).isZero();
        assertThat(slots.isFreeFor(true)).isTrue();
        take(20);
        assertThat(slots.isFreeFor(true)).isFalse();
    }

    @Test
    void shouldKeepAFewForCallsWithPermitsWhileThereAreSuch() {
        take(38);
        assertThat(slots.turnOf(0, 2)).isEqualTo(2);
        assertThat(slots.isFreeFor(true)).isTrue();

        assertThat(slots.turnOf(0, 2)).isZero();
        nanos.addAndGet(Duration.ofSeconds(10).toNanos());
        assertThat(slots.turnOf(0, 2)).isEqualTo(2);
    }

    @Test
    void shouldGiveASlotBackThatWasTakenInVain() {
        take(40);
        slots.takenBack();
        slots.forget(0);

        assertThat(slots.held()).isEqualTo(39);
        assertThat(slots.turnOf(0, 9)).isEqualTo(1);
    }

    @Test
    void shouldLetPartitionsTakeTurns() {
        take(40);
        assertThat(slots.turnOf(0, 5)).isZero();
        assertThat(slots.turnOf(1, 5)).isZero();

        slots.takenBack();
        assertThat(slots.turnOf(1, 5)).as("0 came first").isZero();
        assertThat(slots.turnOf(0, 5)).isEqualTo(1);
        assertThat(slots.turnOf(0, 4)).as("now it is the turn of 1").isZero();
        assertThat(slots.turnOf(1, 5)).isEqualTo(1);
    }

    @Test
    void shouldNotWaitForAPartitionThatLeft() {
        take(40);
        assertThat(slots.turnOf(0, 5)).isZero();
        slots.takenBack();

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

    private void replace(int count) {
        for (int i = 0; i < count; i++) {
            slots.ended(0);
            slots.forget(0);
            slots.take();
        }
    }
}
