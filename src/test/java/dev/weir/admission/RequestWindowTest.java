package dev.weir.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

final class RequestWindowTest {
    @Test
    void shouldHoldASlotWhileItsStartIsUnknown() {
        RequestWindow window = new RequestWindow(1, 1_000, 10);
        window.grant();

        assertThat(window.hasRoom(1_000_000)).isFalse();
        assertThat(window.roomAt(1_000_000)).isEqualTo(RequestWindow.NEVER);
    }

    @Test
    void shouldFreeASlotWindowAndGuardAfterTheStart() {
        RequestWindow window = new RequestWindow(1, 1_000, 10);
        window.grant();
        window.started(500);

        assertThat(window.hasRoom(1_509)).isFalse();
        assertThat(window.roomAt(1_000)).isEqualTo(1_510);
        assertThat(window.hasRoom(1_510)).isTrue();
    }

    @Test
    void shouldFreeAnUnusedSlotAtOnce() {
        RequestWindow window = new RequestWindow(1, 1_000, 10);
        window.grant();
        window.returned();

        assertThat(window.hasRoom(0)).isTrue();
        assertThatThrownBy(window::returned).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldTellWhenThereIsRoomAfterReportsInAnyOrder() {
        RequestWindow window = new RequestWindow(2, 1_000, 0);
        window.occupy(300);
        window.occupy(100);
        window.occupy(200);

        assertThat(window.used(300)).isEqualTo(3);
        assertThat(window.roomAt(300)).as("two must go").isEqualTo(1_200);
    }

    @Test
    void shouldKeepTakenSlotsWhenTheLimitChanges() {
        RequestWindow window = new RequestWindow(5, 1_000, 0);
        for (int i = 0; i < 5; i++) {
            window.occupy(i);
        }

        window.limit(2);

        assertThat(window.used(10)).isEqualTo(5);
        assertThat(window.roomAt(10)).as("until one of two is left").isEqualTo(1_003);
    }

    @Test
    void shouldSurviveTheEndsOfTimeAndClocksThatStepBack() {
        RequestWindow window = new RequestWindow(1, 1_000, 10);
        window.occupy(Long.MAX_VALUE - 5);
        assertThat(window.hasRoom(Long.MAX_VALUE - 1)).isFalse();

        RequestWindow other = new RequestWindow(1, 1_000, 10);
        other.occupy(5_000);
        assertThat(other.hasRoom(4_000)).isFalse();
        other.occupy(Long.MIN_VALUE);
        assertThat(other.used(4_000)).isEqualTo(1);
    }

    @Test
    void shouldHaveNoLimitAtZero() {
        RequestWindow window = new RequestWindow(0, 1_000, 10);
        for (int i = 0; i < 10_000; i++) {
            window.grant();
        }

        assertThat(window.hasRoom(0)).isTrue();
    }

    @Test
    void shouldNeverLetMoreStartThanTheLimitInAnyWindow() {
        Seeds.forEach(300, random -> {
            int limit = 1 + random.nextInt(12);
            RequestWindow window = new RequestWindow(limit, 100, 5);
            WindowOracle oracle = new WindowOracle();
            Deque<long[]> calls = new ArrayDeque<>();
            for (long now = 0; now < 1_500; now++) {
                report(window, calls, now);
                while (random.nextInt(4) > 0 && window.hasRoom(now)) {
                    window.grant();
                    long start = now + random.nextInt(random.nextBoolean() ? 3 : 150);
                    boolean unused = random.nextInt(20) == 0;
                    calls.add(new long[] {start, start + random.nextInt(50), unused ? 1 : 0});
                    if (!unused) {
                        oracle.start(start);
                    }
                }
            }
            assertThat(oracle.count()).isPositive();
            oracle.assertNeverAbove(limit, 105);
        });
    }

    /** Each call is start, time of report, and whether it came back unused. */
    private static void report(RequestWindow window, Deque<long[]> calls, long now) {
        calls.removeIf(call -> {
            if (call[1] > now) {
                return false;
            }
            if (call[2] == 1) {
                window.returned();
            } else {
                window.started(call[0]);
            }
            return true;
        });
    }
}
