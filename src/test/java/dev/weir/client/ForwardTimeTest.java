package dev.weir.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Supplier;
import org.apache.kafka.common.utils.Time;
import org.junit.jupiter.api.Test;

final class ForwardTimeTest {
    private static final long START = 1_790_000_000_000L;

    private final SteppedClock wall = new SteppedClock();
    private final ForwardTime time = new ForwardTime(wall);

    @Test
    void shouldFollowTheWallClock() {
        pass(1);
        assertThat(time.milliseconds()).isEqualTo(START + 1);

        wall.steppedMillis = 60_000;
        assertThat(time.milliseconds()).isEqualTo(START + 60_001);
    }

    @Test
    void shouldGoOnWhenTheWallClockGoesBackUntilThatHasCaughtUp() {
        // given
        pass(1_000);
        assertThat(time.milliseconds()).isEqualTo(START + 1_000);

        // when
        wall.steppedMillis = -10_000;

        // then
        assertThat(time.milliseconds()).isEqualTo(START + 1_000);
        pass(100);
        assertThat(time.milliseconds()).isEqualTo(START + 1_090);
        pass(99_900);
        assertThat(time.milliseconds())
                .as("a tenth less than has passed, ten times as long as the step")
                .isEqualTo(wall.milliseconds());
        pass(5);
        assertThat(time.milliseconds()).isEqualTo(wall.milliseconds());
    }

    @Test
    void shouldNeverGoBackWhateverTheWallClockDoes() {
        long last = time.milliseconds();
        for (int i = 0; i < 10_000; i++) {
            wall.nanos += i % 7 * 100_000;
            wall.steppedMillis += i % 13 == 0 ? i % 3_000 - 1_500 : 0;

            long next = time.milliseconds();

            assertThat(next).isGreaterThanOrEqualTo(Math.max(last, wall.milliseconds()));
            last = next;
        }
    }

    @Test
    void shouldWaitForNoLongerThanIsLeftByItsOwnTime() throws InterruptedException {
        wall.steppedMillis = -60_000;

        time.waitObject(this, () -> true, time.milliseconds() + 20);

        assertThat(wall.waitedUntilMillis).isEqualTo(wall.milliseconds() + 20);
    }

    private void pass(long millis) {
        wall.sleep(millis);
    }

    /** A clock that somebody sets while time passes. */
    private static final class SteppedClock implements Time {
        private long nanos;
        private long steppedMillis;
        private long waitedUntilMillis;

        @Override
        public long milliseconds() {
            return START + nanos / 1_000_000 + steppedMillis;
        }

        @Override
        public long nanoseconds() {
            return nanos;
        }

        @Override
        public void sleep(long millis) {
            nanos += millis * 1_000_000;
        }

        @Override
        public void waitObject(Object object, Supplier<Boolean> condition, long deadlineMillis) {
            waitedUntilMillis = deadlineMillis;
        }
    }
}
