package dev.weir.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** All results of a run. A figure of several rounds is their median. */
final class Results {
    private final List<Result> all = new ArrayList<>();

    void add(Result result) {
        all.add(result);
    }

    List<Result> all() {
        return List.copyOf(all);
    }

    List<String> contestants(String scenario) {
        return all.stream()
                .filter(result -> result.scenario().equals(scenario))
                .map(Result::contestant)
                .distinct()
                .toList();
    }

    /** The figure of each round, in order. */
    double[] rounds(String scenario, String contestant, String figure) {
        return all.stream()
                .filter(result -> result.scenario().equals(scenario)
                        && result.contestant().equals(contestant)
                        && result.figures().containsKey(figure))
                .mapToDouble(result -> result.figures().get(figure))
                .toArray();
    }

    OptionalDouble median(String scenario, String contestant, String figure) {
        double[] sorted = rounds(scenario, contestant, figure);
        if (sorted.length == 0) {
            return OptionalDouble.empty();
        }
        java.util.Arrays.sort(sorted);
        double upper = sorted[sorted.length / 2];
        double lower = sorted[(sorted.length - 1) / 2];
        return OptionalDouble.of((lower + upper) / 2);
    }
}
