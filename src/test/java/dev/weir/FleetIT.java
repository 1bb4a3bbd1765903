package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.GrokResponse;
import dev.weir.event.ResponseStatus;
import dev.weir.simulator.JournalEntry;
import dev.weir.simulator.LatencyModel;
import dev.weir.simulator.Limit;
import dev.weir.simulator.SimulatorSettings;
import dev.weir.verify.VerifyReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several gateways in one fleet: work moves, calls are not repeated. */
final class FleetIT {
    private static final Duration PATIENCE = Duration.ofSeconds(180);

    @TempDir
    Path folder;

    @Test
    void shouldRepeatNoCallWhenPartitionsMoveWhileCallsRun() {
        int requests = 120;
        SimulatorSettings simulator =
                SimulatorSettings.defaults().withLimit(Limit.unlimited()).withLatency(new LatencyModel.Fixed(4_000));
        try (World world = new World(folder, simulator)) {
            try (Gateway first = start(world, "first")) {
                world.publish(requests / 2);
                awaitCalls(world, requests / 4);
                try (Gateway second = start(world, "second")) {
                    world.publish(requests / 2);
                    List<GrokResponse> responses = world.responses(requests, PATIENCE);

                    assertThat(responses).hasSize(requests).allMatch(r -> r.status() == ResponseStatus.SUCCEEDED);
                    VerifyReport report = world.verify();
                    assertThat(report.promiseKept()).as(report.toString()).isTrue();
                    assertThat(report.repeatedCalls().count())
                            .as(report.toString())
                            .isZero();
                    assertThat(responses).noneMatch(GrokResponse::possiblyRepeated);
                    assertThat(second.meters().get("weir.handed.over").counter().count())
                            .as("results that the first handed to the second")
                            .isPositive();
                    World.awaitReady(second);
                }
                assertThat(first.health().live().reasons()).isEmpty();
            }
        }
    }

    private Gateway start(World world, String name) {
        return Gateway.start(
                world.config("quota.default.requests.per.second=30", "state.dir=" + folder.resolve(name)),
                Gateway.Role.ALL);
    }

    private static void awaitCalls(World world, int count) {
        org.awaitility.Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> world.grok.journal().entries().stream()
                                .map(JournalEntry::clientRequestId)
                                .distinct()
                                .count()
                        >= count);
    }
}
