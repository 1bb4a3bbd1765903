package dev.weir.simulator;

import java.time.Duration;
import java.util.Map;

/**
 * What a simulated Grok is like.
 *
 * @param host the address to listen on
 * @param port the port to listen on, 0 for a free one
 * @param apiKey the only key that is accepted
 * @param limits by model id; {@link #DEFAULT} holds for every other model
 * @param window how the limits count
 * @param latency how long an answer takes
 * @param faults which faults come
 * @param seed of every draw: texts, latencies, faults
 * @param retryAfter whether a 429 of the limits carries {@code Retry-After}
 * @param longestStall after which a stalled connection is reset
 */
public record SimulatorSettings(
        String host,
        int port,
        String apiKey,
        Map<String, Limit> limits,
        WindowKind window,
        LatencyModel latency,
        FaultPlan faults,
        long seed,
        boolean retryAfter,
        Duration longestStall) {
    /** The key of the limit for models without their own. */
    public static final String DEFAULT = "default";

    /** Refuses a port, a key or limits that cannot work. */
    public SimulatorSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port is " + port + ", expected from 0 to 65535");
        }
        if (apiKey.isBlank()) {
            throw new IllegalArgumentException("apiKey is blank, expected a key");
        }
        if (longestStall.isNegative()) {
            throw new IllegalArgumentException("longestStall is " + longestStall + ", expected zero or more");
        }
        limits = checked(limits);
    }

    /** A free local port, key {@code sim-key}, the published limits of the lowest tier, 20 ms, no faults. */
    public static SimulatorSettings defaults() {
        Limit large = new Limit(150, 50_000_000);
        return new SimulatorSettings(
                "127.0.0.1",
                0,
                "sim-key",
                Map.of(DEFAULT, new Limit(30, 10_000_000), "grok-4.7", large, "grok-4.6", large, "grok-4.5", large),
                WindowKind.SLIDING,
                new LatencyModel.Fixed(20),
                FaultPlan.none(),
                1,
                false,
                Duration.ofSeconds(10));
    }

    /** The same on another port. */
    public SimulatorSettings withPort(int newPort) {
        return new SimulatorSettings(
                host, newPort, apiKey, limits, window, latency, faults, seed, retryAfter, longestStall);
    }

    /** The same on another address. */
    public SimulatorSettings withHost(String newHost) {
        return new SimulatorSettings(
                newHost, port, apiKey, limits, window, latency, faults, seed, retryAfter, longestStall);
    }

    /** The same with another key. */
    public SimulatorSettings withApiKey(String newKey) {
        return new SimulatorSettings(
                host, port, newKey, limits, window, latency, faults, seed, retryAfter, longestStall);
    }

    /** The same with other limits. */
    public SimulatorSettings withLimits(Map<String, Limit> newLimits) {
        return new SimulatorSettings(
                host, port, apiKey, newLimits, window, latency, faults, seed, retryAfter, longestStall);
    }

    /** The same with one limit for every model. */
    public SimulatorSettings withLimit(Limit limit) {
        return withLimits(Map.of(DEFAULT, limit));
    }

    /** The same with another way of counting. */
    public SimulatorSettings withWindow(WindowKind newWindow) {
        return new SimulatorSettings(
                host, port, apiKey, limits, newWindow, latency, faults, seed, retryAfter, longestStall);
    }

    /** The same with other answer times. */
    public SimulatorSettings withLatency(LatencyModel newLatency) {
        return new SimulatorSettings(
                host, port, apiKey, limits, window, newLatency, faults, seed, retryAfter, longestStall);
    }

    /** The same with other faults. */
    public SimulatorSettings withFaults(FaultPlan newFaults) {
        return new SimulatorSettings(
                host, port, apiKey, limits, window, latency, newFaults, seed, retryAfter, longestStall);
    }

    /** The same with another seed. */
    public SimulatorSettings withSeed(long newSeed) {
        return new SimulatorSettings(
                host, port, apiKey, limits, window, latency, faults, newSeed, retryAfter, longestStall);
    }

    /** The same with or without {@code Retry-After} on a 429 of the limits. */
    public SimulatorSettings withRetryAfter(boolean newRetryAfter) {
        return new SimulatorSettings(
                host, port, apiKey, limits, window, latency, faults, seed, newRetryAfter, longestStall);
    }

    /** The same with another longest stall. */
    public SimulatorSettings withLongestStall(Duration newLongest) {
        return new SimulatorSettings(host, port, apiKey, limits, window, latency, faults, seed, retryAfter, newLongest);
    }

    /** A copy of limits that hold for every model. */
    static Map<String, Limit> checked(Map<String, Limit> limits) {
        if (!limits.containsKey(DEFAULT)) {
            throw new IllegalArgumentException(
                    "limits are for " + limits.keySet() + ", expected also '" + DEFAULT + "' for every other model");
        }
        return Map.copyOf(limits);
    }
}
