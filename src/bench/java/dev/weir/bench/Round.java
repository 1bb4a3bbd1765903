package dev.weir.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** One contestant's turn: a fresh process for each setup. */
record Round(Bed bed, Options options, Contestant contestant, int number) {
    /** Asks what suits; a setup that fails is told, and the others go on. */
    void ask(List<Scenario> scenarios, Consumer<Result> results, Consumer<String> failures)
            throws InterruptedException {
        Map<Setup, List<Scenario>> together = new LinkedHashMap<>();
        for (Scenario scenario : scenarios) {
            if (scenario.suits(contestant)) {
                together.computeIfAbsent(scenario.setup(options), unused -> new ArrayList<>())
                        .add(scenario);
            }
        }
        for (Map.Entry<Setup, List<Scenario>> each : together.entrySet()) {
            try (Session session = new Session(bed, options, contestant, number, each.getKey())) {
                for (Scenario scenario : each.getValue()) {
                    results.accept(new Result(scenario.id(), contestant.name(), number, scenario.ask(session)));
                }
            } catch (IllegalStateException e) {
                failures.accept(each.getKey().name() + " " + contestant.name() + " " + number + ": " + e.getMessage());
            }
        }
    }
}
