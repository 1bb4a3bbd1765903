package dev.weir;

import dev.weir.admission.AdmissionSettings;
import dev.weir.admission.PauseSettings;
import dev.weir.admission.ScopeLimits;
import dev.weir.admission.TokenSettings;
import dev.weir.config.QuotaLimits;
import dev.weir.config.WeirConfig;
import dev.weir.dispatch.CallBounds;
import dev.weir.dispatch.DispatchSettings;
import dev.weir.dispatch.LifecycleSettings;
import dev.weir.dispatch.SlotSettings;
import dev.weir.event.Priority;
import dev.weir.grok.GrokSettings;
import dev.weir.retry.Backoff;
import dev.weir.retry.DelayTiers;
import dev.weir.retry.RetrySettings;
import dev.weir.retry.Tier;
import dev.weir.topic.TopicPlan;
import dev.weir.topic.TopicSettings;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** From configuration to the settings of each feature. Pure. */
final class Settings {
    /** How much longer than the call timeout a call may stay without outcome before it is given up. */
    private static final Duration HARD_DEADLINE_SLACK = Duration.ofSeconds(15);

    /** A lease outlives the hard deadline, so that only lost settles are reclaimed. */
    private static final Duration LEASE_SLACK = Duration.ofSeconds(30);

    /** Of 20 ends, admission takes 16 failures for an outage. */
    private static final int ANSWERED_IN_A_ROW = 8;

    /** Longer than a write-ahead commit takes, nearly always. */
    private static final Duration MOST_GRANT_LEAD = Duration.ofMillis(250);

    /** Answers that wait for their commit may fill so much memory. */
    private static final long MAX_HELD_BYTES = 128L * 1024 * 1024;

    /** For each partition, twice. */
    private static final long AT_HAND_BYTES = 2L * 1024 * 1024;

    /** Writing so many bytes again when an entry changes costs less than a record more. */
    private static final long TOGETHER_BYTES = 4_096;

    private final WeirConfig config;

    Settings(WeirConfig config) {
        this.config = config;
    }

    TopicPlan topics() {
        WeirConfig.Topics topics = config.topics();
        return new TopicPlan(new TopicSettings(
                topics.prefix(),
                topics.partitions(),
                topics.replicationFactor(),
                topics.asksPartitions(),
                config.retry().tiers(),
                config.requests().maxBytes(),
                config.grok().maxResponseBytes()));
    }

    GrokSettings grok() {
        WeirConfig.Grok grok = config.grok();
        return new GrokSettings(grok.baseUrl(), grok.callTimeout(), grok.connectTimeout(), grok.maxResponseBytes());
    }

    CallBounds callBounds() {
        int slots = Math.min(config.requests().maxInFlight(), config.grok().maxConnections());
        return new CallBounds(slots, MAX_HELD_BYTES, hardDeadline());
    }

    AdmissionSettings admission() {
        Map<Priority, Duration> offsets = new EnumMap<>(Priority.class);
        for (Priority priority : Priority.values()) {
            offsets.put(priority, config.priorityOffset(priority));
        }
        WeirConfig.Retry retry = config.retry();
        return new AdmissionSettings(
                this::limits,
                offsets,
                config::tenantWeight,
                new TokenSettings(config::promptBytesPer100Tokens, config.firstOutputTokens()),
                config.quotaWindowGuard(),
                config.quotaBurstPercent(),
                MOST_GRANT_LEAD,
                hardDeadline().plus(LEASE_SLACK),
                new PauseSettings(retry.throttleBase(), retry.throttleMax(), retry.retryAfterMax()),
                config.timeouts().session().dividedBy(2));
    }

    DispatchSettings dispatch(TopicPlan topics) {
        WeirConfig.Requests requests = config.requests();
        return new DispatchSettings(
                topics.requests(),
                topics.inbox(),
                new LifecycleSettings(
                        requests.maxAge(), requests.deadlineGrace(), requests.maxRepeats(), config::scopeOf),
                retry(),
                config.dedupe().window(),
                config.dedupe().maxBytes(),
                requests.cancelMemory(),
                requests.maxBytes(),
                topics.maxRecordBytes(),
                AT_HAND_BYTES,
                TOGETHER_BYTES,
                new SlotSettings(
                        scope -> config.quota(scope).isOff(),
                        ANSWERED_IN_A_ROW,
                        priority -> config.priorityOffset(priority).toMillis()),
                config.process().exactlyOnce());
    }

    private RetrySettings retry() {
        WeirConfig.Retry retry = config.retry();
        return new RetrySettings(
                new DelayTiers(retry.tiers().stream().map(Tier::parse).toList()),
                retry.maxAttempts(),
                new Backoff(retry.backoffBase(), retry.backoffMax()),
                new Backoff(retry.throttleBase(), retry.throttleMax()),
                retry.retryAfterMax());
    }

    private Duration hardDeadline() {
        return config.grok().callTimeout().plus(HARD_DEADLINE_SLACK);
    }

    private ScopeLimits limits(String scope) {
        QuotaLimits quota = config.quota(scope);
        return new ScopeLimits(
                quota.requestsPerSecond(), quota.tokensPerMinute(), quota.mostInFlight(), quota.reservePercent());
    }
}
