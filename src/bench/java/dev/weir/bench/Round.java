package dev.weir.bench;

import java.util.List;
import java.util.function.Consumer;

/** One contestant's turn: a fresh process for what is not limited, another one under the quota. */
record Round(Bed bed, Options options, Contestant contestant, int number) {
    void ask(List<Scenario> scenarios, Consumer<Result> results) throws InterruptedException {
        ask(scenarios.stream().filter(scenario -> !scenario.limited()).toList(), 0, results);
        if (contestant.kind().isWeir()) {
            ask(scenarios.stream().filter(Scenario::limited).toList(), options.quota(), results);
        }
    }

    private void ask(List<Scenario> scenarios, int quota, Consumer<Result> results) throws InterruptedException {
        if (scenarios.isEmpty()) {
            return;
        }
        try (Session session = new Session(bed, options, contestant, number, quota)) {
            for (Scenario scenario : scenarios) {
                results.accept(new Result(scenario.id(), contestant.name(), number, scenario.ask(session)));
            }
        }
    }
}
