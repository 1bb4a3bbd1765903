package dev.weir.simulator;

import java.util.Map;

/**
 * What a simulated Grok saw in all.
 *
 * @param totals the sums of the journal
 * @param mostPassedPerSecond by model, the most requests that used the limits in any span of 1,000 ms, exactly
 * @param mostArrivedPerSecond by model, the same with the requests that were turned away
 */
public record SimulatorStats(
        Journal.Totals totals, Map<String, Long> mostPassedPerSecond, Map<String, Long> mostArrivedPerSecond) {
    /** Copies the maps. */
    public SimulatorStats {
        mostPassedPerSecond = Map.copyOf(mostPassedPerSecond);
        mostArrivedPerSecond = Map.copyOf(mostArrivedPerSecond);
    }

    static SimulatorStats of(Journal journal, Gate gate) {
        return new SimulatorStats(journal.totals(), gate.mostPassed(), gate.mostArrived());
    }

    /** The most requests of one model that passed in any span of 1,000 ms. */
    public long maxPerSecond() {
        return mostPassedPerSecond.values().stream()
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
    }
}
