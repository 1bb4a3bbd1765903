package dev.weir.dispatch;

import dev.weir.retry.RetrySettings;
import java.time.Duration;

/**
 * How dispatch works.
 *
 * @param requestsTopic the topic of requests
 * @param inboxTopic the topic of grants
 * @param lifecycle the bounds of a request's life
 * @param retry when and how often a stopped request is tried again
 * @param dedupeWindow how long the answer to an id is kept
 * @param dedupeMaxBytes how much of them a partition keeps
 * @param cancelMemory how long a cancel waits for a request that has not come yet
 * @param requestMaxBytes key, value and headers of a request, at most
 * @param responseMaxBytes key, value and headers of a response, at most
 * @param atHandBytes so many bytes of payloads, and of what they ask, a partition has at hand beside its stores
 * @param togetherBytes size of the largest payload that is stored in one record with its entry
 * @param slots who needs no permit, and who goes first where slots are short
 * @param transactional whether outcomes and stores become durable together
 */
public record DispatchSettings(
        String requestsTopic,
        String inboxTopic,
        LifecycleSettings lifecycle,
        RetrySettings retry,
        Duration dedupeWindow,
        long dedupeMaxBytes,
        Duration cancelMemory,
        long requestMaxBytes,
        long responseMaxBytes,
        long atHandBytes,
        long togetherBytes,
        SlotSettings slots,
        boolean transactional) {}
