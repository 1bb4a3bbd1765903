package dev.weir.simulator;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Which faults come: the script first, one entry for each request that passes the limits, then by probability.
 *
 * @param probabilities the share of requests that each fault takes, their sum at most 1
 * @param script the faults of the next requests, {@link Fault#NONE} for a normal answer
 */
public record FaultPlan(Map<Fault, Double> probabilities, List<Fault> script) {
    /** Refuses shares that are no shares. */
    public FaultPlan {
        double sum = 0;
        for (Map.Entry<Fault, Double> share : probabilities.entrySet()) {
            if (!(share.getValue() >= 0 && share.getValue() <= 1)) {
                throw new IllegalArgumentException(
                        "probability of " + share.getKey().id() + " is " + share.getValue() + ", expected from 0 to 1");
            }
            sum += share.getValue();
        }
        if (sum > 1 + 1e-9) {
            throw new IllegalArgumentException("fault probabilities sum to " + sum + ", expected at most 1");
        }
        probabilities = Map.copyOf(probabilities);
        script = List.copyOf(script);
    }

    /** No faults. */
    public static FaultPlan none() {
        return new FaultPlan(Map.of(), List.of());
    }

    /** Faults by probability. */
    public static FaultPlan random(Map<Fault, Double> probabilities) {
        return new FaultPlan(probabilities, List.of());
    }

    /** Faults for the next requests, in order; then none. */
    public static FaultPlan script(Fault... faults) {
        return new FaultPlan(Map.of(), List.of(faults));
    }

    /**
     * All transient kinds, equally often; the rate 429 is the one with {@code Retry-After}.
     *
     * @param total the share of requests that fail, from 0 to 1
     */
    public static FaultPlan mixed(double total) {
        List<Fault> kinds = Arrays.stream(Fault.values())
                .filter(f -> f.isTransient() && f != Fault.RATE_429)
                .toList();
        Map<Fault, Double> shares = new EnumMap<>(Fault.class);
        kinds.forEach(f -> shares.put(f, total / kinds.size()));
        return random(shares);
    }

    /**
     * The fault by probability.
     *
     * @param draw a uniform draw from [0, 1)
     */
    Fault pick(double draw) {
        double below = 0;
        for (Fault fault : Fault.values()) {
            below += probabilities.getOrDefault(fault, 0.0);
            if (draw < below) {
                return fault;
            }
        }
        return Fault.NONE;
    }
}
