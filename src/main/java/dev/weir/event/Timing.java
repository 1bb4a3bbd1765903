package dev.weir.event;

import java.time.Instant;

/**
 * Where the time of a request went. The four durations add up to completedAt - receivedAt.
 *
 * @param receivedAt when the gateway first read the request
 * @param completedAt when its outcome was decided
 * @param queueMillis waiting for permits
 * @param retryMillis waiting in retry tiers
 * @param providerMillis calls under way, all tries together
 * @param overheadMillis the rest: Weir's own part
 */
public record Timing(
        Instant receivedAt,
        Instant completedAt,
        long queueMillis,
        long retryMillis,
        long providerMillis,
        long overheadMillis) {}
