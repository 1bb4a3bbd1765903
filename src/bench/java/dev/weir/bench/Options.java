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
 * @param quota requests per second of the scenarios under a quota
 * @param many calls in flight at the same time with a slow provider
 * @param slowMillis the slow provider's fixed time
 * @param waiting how many wait, growing
 * @param smallQuota requests per second while they wait
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
        int many,
        int slowMillis,
        List<Integer> waiting,
        int smallQuota,
        List<String> workerOptions) {
    Options {
        waiting = List.copyOf(waiting);
        workerOptions = List.copyOf(workerOptions);
    }
}
