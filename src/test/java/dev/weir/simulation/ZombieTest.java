package dev.weir.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A process that stands still for longer than its session, under load: others work on, and it comes back late. */
final class ZombieTest {
    private static final int SEEDS = 15;
    private static final Scenario LOADED = new Scenario(40, 2, 2, false, false, false, false);
    private static final long FROZEN_MICROS = 4_000_000;
    private static final long FOR_MICROS = 9_000_000;

    @Test
    void shouldKeepEveryPromiseWhenAFencedProcessComesBack() {
        int outlived = 0;
        long lateResults = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            Simulation simulation = new Simulation(seed, LOADED);
            SimProcess[] victim = new SimProcess[1];
            simulation.at(FROZEN_MICROS, () -> {
                victim[0] = simulation.fleet().processes().get(0);
                simulation.fleet().freeze(0, FOR_MICROS);
            });
            History history = simulation.run();
            // A call of the zombie may be made again by who has its task: that is what the mark is for.
            history.crashed = true;

            assertThat(Laws.violations(history)).as("seed %d", seed).isEmpty();
            outlived += victim[0].wasOutlived() ? 1 : 0;
            lateResults += history.calls.stream()
                    .filter(call -> call.from == victim[0] && call.end.equals("ok"))
                    .filter(call -> call.startMicros <= FROZEN_MICROS + 1_000 && call.endMicros > FROZEN_MICROS)
                    .count();
        }
        assertThat(outlived).as("runs in which others took its tasks").isEqualTo(SEEDS);
        assertThat(lateResults).as("calls that it was told of late").isPositive();
    }
}
