package dev.weir.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The whole system in virtual time, seed by seed: {@code -Dweir.seed} is the first seed and {@code -Dweir.seeds} how
 * many; with {@code -Dweir.trace=true} a run tells what happens in it.
 */
final class SimulationTest {
    private static final long FIRST = Long.getLong("weir.seed", 1);
    private static final int SEEDS = Integer.getInteger("weir.seeds", 200);
    private static final int MOST_REPORTED = 5;

    @Test
    void shouldKeepEveryPromiseWhateverBefallsIt() {
        List<String> broken = new ArrayList<>();
        long startedNanos = System.nanoTime();
        for (long seed = FIRST; seed < FIRST + SEEDS && broken.size() < MOST_REPORTED; seed++) {
            List<String> violations = violations(seed);
            if (!violations.isEmpty()) {
                broken.add("seed " + seed + ", " + Scenario.of(seed) + ": " + violations
                        + "\n  again: mvn test -Dtest=SimulationTest -Dweir.seeds=1 -Dweir.seed=" + seed);
            }
        }
        assertThat(broken).as("seeds that break a promise").isEmpty();
        System.out.printf(
                "%d seeds from %d on keep every promise (%.1f s)%n",
                SEEDS, FIRST, (System.nanoTime() - startedNanos) / 1e9);
    }

    @Test
    void shouldRunTheSameSeedTheSameWay() {
        History first = new Simulation(FIRST, Scenario.EVERYTHING).run();
        History again = new Simulation(FIRST, Scenario.EVERYTHING).run();

        assertThat(again.fingerprint).isEqualTo(first.fingerprint);
        assertThat(new Simulation(FIRST + 1, Scenario.EVERYTHING).run().fingerprint)
                .isNotEqualTo(first.fingerprint);
    }

    private static List<String> violations(long seed) {
        try {
            return Laws.violations(new Simulation(seed, Scenario.of(seed)).run());
        } catch (RuntimeException e) {
            throw new AssertionError("seed " + seed + " of " + Scenario.of(seed) + " throws", e);
        }
    }
}
