package dev.weir.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WindowTest {
    private static final long SPAN = 1_000;

    @Test
    void shouldForgetInASlidingWindowExactlyOneSpanLater() {
        Window window = Window.of(WindowKind.SLIDING, SPAN);
        window.add(500, 3);

        assertThat(window.used(1_499)).isEqualTo(3);
        assertThat(window.untilRoom(1_499)).isEqualTo(1);
        assertThat(window.used(1_500)).isZero();
        assertThat(window.untilRoom(1_500)).isZero();
    }

    @Test
    void shouldForgetInAFixedWindowAtItsBorder() {
        Window window = Window.of(WindowKind.FIXED, SPAN);
        window.add(1_990, 3);

        assertThat(window.used(1_999)).isEqualTo(3);
        assertThat(window.untilRoom(1_999)).isEqualTo(1);
        assertThat(window.used(2_000)).isZero();
    }

    @Test
    void shouldAlignFixedWindowsBeforeZeroToo() {
        Window window = Window.of(WindowKind.FIXED, SPAN);
        window.add(-1, 1);

        assertThat(window.untilRoom(-1)).isEqualTo(1);
        assertThat(window.used(0)).isZero();
    }

    @Test
    void shouldNeverPassMoreThanTheLimitInAnySlidingSpan() {
        for (long seed = 0; seed < 50; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int limit = 1 + random.nextInt(8);
            List<Long> passed = passed(WindowKind.SLIDING, limit, random);

            for (int i = 0; i + limit < passed.size(); i++) {
                assertThat(passed.get(i + limit) - passed.get(i))
                        .as("seed %d: %d passed within", seed, limit + 1)
                        .isGreaterThanOrEqualTo(SPAN);
            }
        }
    }

    @Test
    void shouldPassTwiceTheLimitAcrossTheBorderOfAFixedWindow() {
        Window window = Window.of(WindowKind.FIXED, SPAN);
        window.add(999, 5);

        assertThat(window.used(1_000)).isZero();
    }

    private static List<Long> passed(WindowKind kind, int limit, SplittableRandom random) {
        Window window = Window.of(kind, SPAN);
        List<Long> passed = new ArrayList<>();
        long now = random.nextInt(5_000);
        for (int i = 0; i < 500; i++) {
            now += random.nextInt(200);
            if (window.used(now) < limit) {
                window.add(now, 1);
                passed.add(now);
            }
        }
        return passed;
    }
}
