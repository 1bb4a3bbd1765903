package dev.weir.bench;

import java.util.Map;

/** The figures of one contestant in one scenario and round. */
record Result(String scenario, String contestant, int round, Map<String, Double> figures) {
    Result {
        figures = Map.copyOf(figures);
    }
}
