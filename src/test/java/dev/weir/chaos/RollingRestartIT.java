package dev.weir.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.guarantee.Guarantees;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A deploy: three gateways are told to stop and started again, one after the other, under load. */
@EnabledOnOs(OS.LINUX)
final class RollingRestartIT {
    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final List<String> NAMES = List.of("a", "b", "c");
    private static final int PER_SECOND = 30;

    /** Longer than a hand-over, so that calls are under way in every restart. */
    private static final long CALL_MILLIS = Long.getLong("weir.chaos.call.ms", 3_000);

    @Test
    void shouldRepeatNoCall() throws InterruptedException {
        try (ProcessHouse house = new ProcessHouse(
                        "rolling",
                        List.of("--latency", "fixed:" + CALL_MILLIS, "--rps", "100000"),
                        "topics.partitions=6",
                        "quota.default.requests.per.second=0");
                Load load = new Load(house.clients(), house.topics().requests())) {
            Witness witness = new Witness(house);
            NAMES.forEach(house::launchGateway);
            witness.awaitReady();
            load.start(PER_SECOND);
            for (String name : NAMES) {
                awaitCallsUnderWay(house, witness);
                assertThat(house.gateways().get(name).terminate(PATIENCE))
                        .as("exit code of %s after SIGTERM", name)
                        .isIn(0, 143);
                house.note(name + " has stopped");
                Child unused = house.startGateway(name);
                witness.awaitReady();
            }
            awaitCallsUnderWay(house, witness);
            load.stop();

            Guarantees.check(
                    "target/chaos/rolling",
                    witness.evidence(PATIENCE),
                    Guarantees.oneOutcomeEach(load.accepted()),
                    Guarantees.repeatsAtMost(0),
                    Guarantees.noCallAbandoned(),
                    Guarantees.allReady(NAMES.size()));
        }
    }

    /** Every gateway has its share of the partitions, and calls run. */
    private static void awaitCallsUnderWay(ProcessHouse house, Witness witness) {
        await().pollInterval(Duration.ofMillis(200))
                .atMost(PATIENCE)
                .until(() -> witness.shares().size() == NAMES.size()
                        && witness.shares().get(0) > 0);
        long before = witness.answered();
        house.note("shares " + witness.shares() + ", " + witness.inFlight() + " calls");
        await().pollInterval(Duration.ofMillis(200))
                .atMost(PATIENCE)
                .until(() -> witness.answered() > before + PER_SECOND && witness.inFlight() > PER_SECOND);
    }
}
