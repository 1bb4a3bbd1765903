package dev.weir.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.dispatch.EntrySurgery;
import dev.weir.permit.AskMessage;
import dev.weir.permit.CallEnd;
import dev.weir.permit.PermitCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The simulation itself is proven by bugs that are put into it on purpose: each is found within a few seeds. */
final class PlantedBugsTest {
    private static final int SEEDS = 100;

    @Test
    void shouldFindASettleThatIsSkipped() {
        assertThat(findings(simulation -> simulation.trouble().swallow(entry -> isOneInTwenty(simulation, entry))))
                .anyMatch(finding -> finding.contains("leases"));
    }

    /** It is missed only by whoever restores it. */
    @Test
    void shouldFindADueTimeThatIsLost() {
        assertThat(findings(simulation -> {
                    simulation.moveOften();
                    simulation
                            .fleet()
                            .requests()
                            .forEach(partition -> partition.ledger.onWrite(EntrySurgery::withoutDueTime));
                }))
                .anyMatch(finding -> finding.contains("before its time"));
    }

    @Test
    void shouldFindAGrantThatIsHonouredTwice() {
        assertThat(findings(simulation -> simulation.grok().doubleCalls(0.05)))
                .anyMatch(finding -> finding.contains("one of two calls of one try"));
    }

    /** A gateway that believes in twice the limit. */
    @Test
    void shouldFindTokensBeyondTheLimit() {
        Map<String, Long> real = new HashMap<>();
        SimSettings.PER_MINUTE.forEach((scope, believed) -> real.put(scope, believed / 2));
        List<String> found = new ArrayList<>();
        for (long seed = 1; seed <= SEEDS && found.isEmpty(); seed++) {
            found.addAll(new TokenLaw(real).violations(new Simulation(seed, Scenario.WEATHER).run()));
        }

        assertThat(found).anyMatch(finding -> finding.contains("tokens of grok-code in the minute up to"));
    }

    private static boolean isOneInTwenty(Simulation simulation, LogRecord entry) {
        return entry.value() != null
                && PermitCodec.decodeAsks(entry.value()).messages().stream()
                        .anyMatch(message -> message instanceof AskMessage.Settle settle
                                && settle.end() == CallEnd.ANSWERED
                                && simulation.chance(0.05));
    }

    /** What the laws say of the first seed with a finding, of at most so many. */
    private static List<String> findings(Consumer<Simulation> bug) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            Simulation simulation = new Simulation(seed, Scenario.WEATHER);
            bug.accept(simulation);
            List<String> found = Laws.violations(simulation.run());
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }
}
