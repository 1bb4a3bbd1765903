package dev.weir.admission;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class WorkingLimitTest {
    private static final long NOW = 1_000_000;
    private static final long STEP = WorkingLimit.STEP_MILLIS;

    @Test
    void shouldRecoverSlowlyWhereTheServersLimitIsLikelyAndEverFasterBeyond() {
        WorkingLimit lowered = WorkingLimit.NONE.refused(1, 20, 0, NOW);
        assertThat(lowered.at(20, NOW)).isOne();
        assertThat(lowered.at(20, NOW + STEP)).isEqualTo(2);
        assertThat(lowered.at(20, NOW + 2 * STEP)).isEqualTo(4);
        assertThat(lowered.at(20, NOW + 6 * STEP)).as("after two minutes").isEqualTo(20);
    }

    @Test
    void shouldStayAtTheCeilingForEver() {
        WorkingLimit lowered = WorkingLimit.NONE.refused(1, 1_000_000_000, 0, NOW);
        assertThat(lowered.at(1_000_000_000, Long.MAX_VALUE / 2)).isEqualTo(1_000_000_000);
    }

    @Test
    void shouldStartOverFromEachRefusal() {
        WorkingLimit twice = WorkingLimit.NONE.refused(20, 40, 0, NOW).refused(21, 40, 0, NOW + 5 * STEP);
        assertThat(twice.at(40, NOW + 5 * STEP)).isEqualTo(21);
        assertThat(twice.at(40, NOW + 6 * STEP)).isEqualTo(22);
    }
}
