package dev.weir.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class GateTest {
    private static final long MILLI = 1_000_000;

    private final AtomicLong now = new AtomicLong(7);

    @Test
    void shouldTurnAwayTheRequestAboveTheLimitAndNotCountIt() {
        Gate gate = gate(new Limit(2, 1_000_000), FaultPlan.none());
        gate.decide("m", 1);
        now.addAndGet(600 * MILLI);
        gate.decide("m", 1);

        Verdict third = gate.decide("m", 1);
        now.addAndGet(400 * MILLI);
        Verdict fourth = gate.decide("m", 1);
        Verdict fifth = gate.decide("m", 1);

        assertThat(third).isEqualTo(new Verdict.Limited(600 * MILLI + 7, false, 3, 2, 1));
        assertThat(fourth).isInstanceOf(Verdict.Passed.class);
        assertThat(fifth).isInstanceOf(Verdict.Limited.class);
        assertThat(gate.mostPassed()).containsEntry("m", 2L);
        assertThat(gate.mostArrived()).containsEntry("m", 4L);
    }

    @Test
    void shouldCountTokensForAMinuteAndEachModelForItself() {
        Gate gate = gate(new Limit(100, 1_000), FaultPlan.none());
        gate.decide("m", 900);
        now.addAndGet(59_999 * MILLI);

        Verdict limited = gate.decide("m", 101);
        Verdict other = gate.decide("other", 101);
        now.addAndGet(MILLI);
        Verdict later = gate.decide("m", 101);

        assertThat(limited).isEqualTo(new Verdict.Limited(59_999 * MILLI + 7, true, 1_001, 1_000, 1));
        assertThat(other).isInstanceOf(Verdict.Passed.class);
        assertThat(later).isInstanceOf(Verdict.Passed.class);
    }

    @Test
    void shouldNotCountARequestThatAFaultTurnsAway() {
        Gate gate = gate(new Limit(1, 1_000), FaultPlan.script(Fault.RATE_429, Fault.ERROR_500));

        Verdict first = gate.decide("m", 1);
        Verdict second = gate.decide("m", 1);
        Verdict third = gate.decide("m", 1);

        assertThat(((Verdict.Passed) first).fault()).isEqualTo(Fault.RATE_429);
        assertThat(((Verdict.Passed) second).fault()).isEqualTo(Fault.ERROR_500);
        assertThat(third).isInstanceOf(Verdict.Limited.class);
    }

    @Test
    void shouldKeepWhatWasCountedWhenLimitsChange() {
        Gate gate = gate(new Limit(3, 1_000), FaultPlan.none());
        gate.decide("m", 1);

        gate.limits(Map.of(SimulatorSettings.DEFAULT, new Limit(1, 1_000)));

        assertThat(gate.decide("m", 1)).isInstanceOf(Verdict.Limited.class);
        gate.reset();
        assertThat(gate.decide("m", 1)).isInstanceOf(Verdict.Passed.class);
    }

    @Test
    void shouldTellWhatIsLeftForTheMinute() {
        Gate gate = gate(new Limit(10, 1_000), FaultPlan.none());

        Verdict verdict = gate.decide("m", 30);

        assertThat(((Verdict.Passed) verdict).quota()).isEqualTo(new Gate.Quota(600, 599, 1_000, 970));
    }

    @Test
    void shouldDrawTheSameFaultsFromTheSameSeed() {
        for (long seed = 0; seed < 5; seed++) {
            SimulatorSettings settings = SimulatorSettings.defaults()
                    .withSeed(seed)
                    .withLimit(Limit.unlimited())
                    .withFaults(FaultPlan.mixed(0.5));
            Gate one = new Gate(settings, now::get);
            Gate two = new Gate(settings, now::get);
            int faults = 0;
            for (int i = 0; i < 1_000; i++) {
                Verdict verdict = one.decide("m", 1);
                assertThat(verdict).as("seed %d, request %d", seed, i).isEqualTo(two.decide("m", 1));
                faults += ((Verdict.Passed) verdict).fault() == Fault.NONE ? 0 : 1;
            }
            assertThat(faults).as("seed %d", seed).isBetween(420, 580);
        }
    }

    @Test
    void shouldRefuseLimitsWithoutADefault() {
        Gate gate = gate(new Limit(1, 1), FaultPlan.none());

        assertThatThrownBy(() -> gate.limits(Map.of("grok-4.7", new Limit(1, 1))))
                .hasMessageContaining("'default'");
    }

    @Test
    void shouldRefuseSharesAboveOne() {
        assertThatThrownBy(() -> FaultPlan.random(Map.of(Fault.STALL, 0.6, Fault.ERROR_500, 0.5)))
                .hasMessageContaining("at most 1");
        assertThatThrownBy(() -> FaultPlan.mixed(1.5)).hasMessageContaining("at most 1");
    }

    private Gate gate(Limit limit, FaultPlan faults) {
        return new Gate(SimulatorSettings.defaults().withLimit(limit).withFaults(faults), now::get);
    }
}
