package dev.weir.bench;

import java.util.List;
import java.util.OptionalDouble;

/** What was aimed at beside what was measured, for the scenarios that were asked. */
final class Goals {
    private final Options options;
    private final List<Contestant> contestants;
    private final Results results;

    Goals(Options options, List<Contestant> contestants, Results results) {
        this.options = options;
        this.contestants = List.copyOf(contestants);
        this.results = results;
    }

    /** The table in Markdown, or empty when no goal belongs to what was asked. */
    String table() {
        StringBuilder rows = new StringBuilder();
        for (Contestant contestant : contestants) {
            if (contestant.kind().isWeir()) {
                Goal.of(contestant.guarantee(), options)
                        .forEach(goal -> measured(goal, contestant)
                                .ifPresent(measured -> rows.append(row(goal, contestant, measured))));
            }
        }
        return rows.isEmpty()
                ? ""
                : "\n### Goals\n\n|  | what | goal | measured | met |\n|---|---|---:|---:|---|\n" + rows;
    }

    private static String row(Goal goal, Contestant contestant, double measured) {
        return "| %s | %s | %s | %s | %s |\n"
                .formatted(
                        contestant.name(),
                        goal.what(),
                        goal.bound(),
                        goal.number(measured),
                        goal.isMetBy(measured) ? "yes" : "no");
    }

    private OptionalDouble measured(Goal goal, Contestant contestant) {
        return goal.figure().equals(Goal.RATIO)
                ? ratio(goal.scenario(), contestant)
                : results.median(goal.scenario(), contestant.name(), goal.figure());
    }

    private OptionalDouble ratio(String scenario, Contestant contestant) {
        OptionalDouble own = results.median(scenario, contestant.name(), "per_second");
        OptionalDouble peer = contestants.stream()
                .filter(other -> other.kind() == Contestant.Kind.PARALLEL_CONSUMER)
                .map(other -> results.median(scenario, other.name(), "per_second"))
                .filter(OptionalDouble::isPresent)
                .findFirst()
                .orElse(OptionalDouble.empty());
        return own.isPresent() && peer.isPresent()
                ? OptionalDouble.of(own.getAsDouble() / peer.getAsDouble())
                : OptionalDouble.empty();
    }
}
