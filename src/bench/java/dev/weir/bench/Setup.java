package dev.weir.bench;

import java.util.Map;

/**
 * What a contestant finds when it starts. Scenarios with the same setup share a process.
 *
 * @param name part of the names of topics and logs
 * @param quota requests per second that the simulator enforces, 0 for none
 * @param latencyMillis the provider's fixed time
 * @param inFlight calls in flight at the same time
 * @param bytes of a request
 * @param settings Weir's settings beyond those of every scenario
 */
record Setup(String name, int quota, int latencyMillis, int inFlight, int bytes, Map<String, String> settings) {
    private static final int LARGE_BYTES = 200 * 1_024;
    private static final int WAITING_BYTES = 2_048;

    Setup {
        settings = Map.copyOf(settings);
    }

    /** No quota. */
    static Setup open(Options options) {
        return new Setup("open", 0, options.latencyMillis(), options.inFlight(), options.bytes(), Map.of());
    }

    /** No quota, bodies of 200 KB. */
    static Setup large(Options options) {
        return new Setup("large", 0, options.latencyMillis(), options.inFlight(), LARGE_BYTES, Map.of());
    }

    /** No quota, and a provider that takes long. */
    static Setup slow(Options options) {
        return new Setup("slow", 0, options.slowMillis(), options.many(), options.bytes(), Map.of());
    }

    /** A quota. */
    static Setup quota(Options options) {
        return limited("quota", options, Map.of());
    }

    /** A quota that many exceed, apart from those who measure its use. */
    static Setup overload(Options options) {
        return limited("overload", options, Map.of());
    }

    /** A quota, and processes that are killed. */
    static Setup killed(Options options) {
        return limited("killed", options, Map.of());
    }

    /** A quota, two processes, copies of the state. */
    static Setup fleet(Options options) {
        return limited("fleet", options, Map.of("standby.replicas", "1", "http.listen", "127.0.0.1:0"));
    }

    /** A small quota, and a process that tells how many wait. */
    static Setup backlog(Options options) {
        return new Setup(
                "backlog",
                options.smallQuota(),
                options.latencyMillis(),
                options.inFlight(),
                WAITING_BYTES,
                Map.of("http.listen", "127.0.0.1:0"));
    }

    private static Setup limited(String name, Options options, Map<String, String> settings) {
        return new Setup(name, options.quota(), options.latencyMillis(), options.inFlight(), options.bytes(), settings);
    }
}
