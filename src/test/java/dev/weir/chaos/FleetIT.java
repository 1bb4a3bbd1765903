package dev.weir.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.guarantee.Guarantees;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * A fleet of three under load and one fault after the other, for a quarter of a minute or
 * {@code -Dweir.chaos.seconds=N} (36 make some 2,000 requests). {@code -Dweir.chaos.seed=S} draws the same faults
 * again, {@code -Dweir.chaos.guarantee=at_least_once} allows that a fault repeats outcomes.
 */
@EnabledOnOs(OS.LINUX)
final class FleetIT {
    private static final Duration PATIENCE = Duration.ofSeconds(300);
    private static final List<String> NAMES = List.of("a", "b", "c");
    private static final int SHORT_SECONDS = 15;
    private static final int PER_SECOND = 60;
    private static final int LIMIT = 90;
    private static final int MAX_IN_FLIGHT = 120;

    @Test
    void shouldKeepItsPromiseWhateverFails() throws InterruptedException {
        long seed = Long.getLong("weir.chaos.seed", System.nanoTime());
        Duration length = Duration.ofSeconds(Integer.getInteger("weir.chaos.seconds", SHORT_SECONDS));
        String guarantee = System.getProperty("weir.chaos.guarantee", "exactly_once_v2");
        String run = "target/chaos/fleet, -Dweir.chaos.seed=" + seed + " -Dweir.chaos.guarantee=" + guarantee;
        try (ProcessHouse house = new ProcessHouse(
                        "fleet",
                        List.of("--latency", "lognormal:300:0.5", "--rps", "100000"),
                        "topics.partitions=6",
                        "processing.guarantee=" + guarantee,
                        "quota.default.requests.per.second=" + LIMIT,
                        "quota.default.max.in.flight=" + MAX_IN_FLIGHT,
                        "grok.call.timeout.ms=8000",
                        "grok.connect.timeout.ms=3000",
                        "retry.backoff.base.ms=200",
                        "retry.backoff.max.ms=2000",
                        "retry.max.attempts=10");
                Load load = new Load(house.clients(), house.topics().requests())) {
            house.note(run);
            Witness witness = new Witness(house);
            NAMES.forEach(house::launchGateway);
            witness.awaitReady();
            load.start(PER_SECOND);
            int losses = strike(house, new Faults(house, witness, new Random(seed)), new Random(seed), length);
            load.stop();

            long mostRepeated = (long) losses * MAX_IN_FLIGHT;
            Guarantees.check(
                    run,
                    witness.evidence(PATIENCE),
                    guarantee.equals("exactly_once_v2")
                            ? Guarantees.oneOutcomeEach(load.accepted())
                            : Guarantees.anOutcomeEach(load.accepted(), mostRepeated),
                    Guarantees.repeatsAtMost(mostRepeated),
                    Guarantees.neverAbove(LIMIT, Duration.ofMillis(900)),
                    Guarantees.allReady(NAMES.size()));
            assertThat(load.accepted()).isPositive();
        }
    }

    /** Returns how many of the faults may have lost results of calls. */
    private static int strike(ProcessHouse house, Faults faults, Random random, Duration length)
            throws InterruptedException {
        int losses = 0;
        long started = System.nanoTime();
        while (System.nanoTime() - started < length.toNanos()) {
            Thread.sleep(1_000 + random.nextInt(3_000));
            Fault fault = faults.draw();
            house.note("fault: " + fault.name());
            fault.strike();
            house.supervise();
            house.note("over: " + fault.name());
            losses += fault.mayRepeatCalls() ? 1 : 0;
        }
        return losses;
    }
}
