package dev.weir.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TokenWindowTest {
    private final TokenWindow window = new TokenWindow(60_000, 10);

    @Test
    void shouldHoldWhatIsReservedUntilItsStartIsKnown() {
        window.reserve(100);

        assertThat(window.hasRoom(1, 100, 1_000_000)).isFalse();
        assertThat(window.roomAt(1, 100, 1_000_000)).isEqualTo(RequestWindow.NEVER);
        window.release(100);
        assertThat(window.hasRoom(100, 100, 1_000_000)).isTrue();
    }

    @Test
    void shouldFreeTokensWindowAndGuardAfterTheStart() {
        window.add(500, 60);
        window.add(700, 40);

        assertThat(window.roomAt(50, 100, 1_000)).isEqualTo(60_510);
        assertThat(window.roomAt(61, 100, 1_000)).isEqualTo(60_710);
        assertThat(window.used(60_509)).isEqualTo(100);
        assertThat(window.used(60_510)).isEqualTo(40);
    }

    @Test
    void shouldCountWhatACallReallyUsedAtItsOwnStart() {
        window.add(500, 60);
        window.remove(500, 60);
        window.add(500, 10);

        assertThat(window.used(1_000)).isEqualTo(10);
        window.used(70_000);
        window.remove(500, 10);
        assertThat(window.used(70_000)).as("it had left").isZero();
    }

    @Test
    void shouldSaturate() {
        window.reserve(Long.MAX_VALUE);
        window.add(1, Long.MAX_VALUE);

        assertThat(window.used(2)).isEqualTo(Long.MAX_VALUE);
        assertThat(window.hasRoom(1, Long.MAX_VALUE, 2)).isTrue();
        assertThat(window.hasRoom(1, Long.MAX_VALUE - 1, 2)).isFalse();
    }

    @Test
    void shouldHaveNoLimitAtZero() {
        window.reserve(1_000);

        assertThat(window.hasRoom(1_000, 0, 0)).isTrue();
    }

    @Test
    void shouldAgreeWithASumOverAllAtEveryMoment() {
        Seeds.forEach(100, random -> {
            TokenWindow fast = new TokenWindow(1_000, 5);
            List<long[]> all = new ArrayList<>();
            for (long now = 0; now < 4_000; now += 1 + random.nextInt(20)) {
                long start = Math.max(0, now - random.nextInt(50));
                long amount = random.nextInt(100);
                fast.add(start, amount);
                all.add(new long[] {start, amount});
                if (random.nextInt(3) == 0) {
                    long[] other = all.get(random.nextInt(all.size()));
                    long corrected = random.nextInt(100);
                    if (now < other[0] + 1_005) {
                        fast.remove(other[0], other[1]);
                        fast.add(other[0], corrected);
                        other[1] = corrected;
                    }
                }
                long at = now;
                long expected = all.stream()
                        .filter(each -> each[0] + 1_005 > at)
                        .mapToLong(each -> each[1])
                        .sum();
                assertThat(fast.used(now)).isEqualTo(expected);
            }
        });
    }
}
