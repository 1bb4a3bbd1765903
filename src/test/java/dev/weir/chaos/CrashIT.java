package dev.weir.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.guarantee.Evidence;
import dev.weir.guarantee.Guarantees;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** One gateway is killed in the middle of its work and comes back on its state folder. */
@EnabledOnOs(OS.LINUX)
final class CrashIT {
    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final int REQUESTS = 500;
    private static final int MAX_IN_FLIGHT = 40;

    @Test
    void shouldLoseAndDoubleNothingWhenKilled() {
        try (ProcessHouse house = new ProcessHouse(
                        "crash",
                        List.of("--latency", "fixed:200", "--rps", "100000"),
                        "topics.partitions=3",
                        "quota.default.requests.per.second=0",
                        "quota.default.max.in.flight=" + MAX_IN_FLIGHT);
                Load load = new Load(house.clients(), house.topics().requests())) {
            Witness witness = new Witness(house);
            Child gateway = house.startGateway("a");
            load.publish(REQUESTS);
            await().pollInterval(Duration.ofMillis(20))
                    .atMost(PATIENCE)
                    .until(() -> witness.answered() >= REQUESTS / 4 && witness.inFlight() > 0);

            gateway.kill();
            assertThat(witness.answered()).as("answers at the kill").isLessThan(REQUESTS);
            Child second = house.startGateway("a");

            Evidence evidence = witness.evidence(PATIENCE);
            Guarantees.check(
                    "target/chaos/crash",
                    evidence,
                    Guarantees.oneOutcomeEach(load.accepted()),
                    Guarantees.repeatsAtMost(MAX_IN_FLIGHT),
                    Guarantees.allReady(1));
            assertThat(load.accepted()).isEqualTo(REQUESTS);
            assertThat(second.terminate(PATIENCE)).as("exit code after SIGTERM").isIn(0, 143);
        }
    }
}
