package dev.weir.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SimulationTest {
    private static final long FIRST = Long.getLong("weir.seed", 1);

    @Test
    void shouldKeepEveryPromiseInCalm() {
        run(Scenario.CALM, 20);
    }

    @Test
    void shouldKeepEveryPromiseWhenGrokIsMoody() {
        run(Scenario.WEATHER, 20);
    }

    @Test
    void shouldRunTheSameSeedTheSameWay() {
        History first = new Simulation(FIRST, Scenario.CALM).run();
        History again = new Simulation(FIRST, Scenario.CALM).run();
        assertThat(again.fingerprint).isEqualTo(first.fingerprint);
        assertThat(again.calls).hasSameSizeAs(first.calls);
    }

    private static void run(Scenario scenario, int seeds) {
        for (long seed = FIRST; seed < FIRST + seeds; seed++) {
            History history = new Simulation(seed, scenario).run();
            assertThat(Laws.violations(history))
                    .as("seed %d in %s; replay: mvn test -Dtest=SimulationTest -Dweir.seed=%d", seed, scenario, seed)
                    .isEmpty();
        }
    }
}
