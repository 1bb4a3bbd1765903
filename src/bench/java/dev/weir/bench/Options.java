package dev.weir.bench;

import java.util.List;

/**
 * What is measured, and how long.
 *
 * @param requests requests of a drain
 * @param inFlight calls in flight at the same time
 * @param bytes of a request
 * @param latencyMillis the provider's fixed time
 * @param rate requests per second of the overhead scenario
 * @param seconds how long a rate is held
 * @param quota requests per second of the quota scenario
 * @param workerOptions JVM options of each contestant
 */
record Options(
        int requests,
        int inFlight,
        int bytes,
        int latencyMillis,
        double rate,
        int seconds,
        int quota,
        List<String> workerOptions) {
    Options {
        workerOptions = List.copyOf(workerOptions);
    }
}
