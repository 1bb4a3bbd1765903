package dev.weir.simulation;

import dev.weir.admission.AdmissionSettings;
import dev.weir.admission.PauseSettings;
import dev.weir.admission.ScopeLimits;
import dev.weir.admission.TokenSettings;
import dev.weir.dispatch.DispatchSettings;
import dev.weir.dispatch.LifecycleSettings;
import dev.weir.dispatch.SlotSettings;
import dev.weir.retry.Backoff;
import dev.weir.retry.DelayTiers;
import dev.weir.retry.RetrySettings;
import dev.weir.retry.Tier;
import java.time.Duration;
import java.util.Map;

/** How the simulated gateway is set up: as the real one is, with limits that a few dozen requests reach. */
final class SimSettings {
    static final int ASKS_PARTITIONS = 2;
    static final Duration ZOMBIE_AFTER = Duration.ofSeconds(3);
    static final int MAX_ATTEMPTS = 3;
    static final int MAX_REPEATS = 3;
    static final Duration DEADLINE_GRACE = Duration.ofSeconds(5);
    static final Duration RETRY_AFTER_MAX = Duration.ofSeconds(60);
    /** The scope whose quota is off. */
    static final String FREE = "grok-free";

    static final Map<String, Integer> PER_SECOND = Map.of("grok-4.5", 4, "grok-code", 2);

    /** Tokens in any minute; others have no limit. */
    static final Map<String, Long> PER_MINUTE = Map.of("grok-code", 2_500L);
    /** What an answer takes at most. */
    static final int MOST_OUTPUT = 200;

    private SimSettings() {}

    static int perSecond(String scope) {
        return PER_SECOND.getOrDefault(scope, 1);
    }

    static DispatchSettings dispatch(long togetherBytes) {
        return new DispatchSettings(
                Topics.REQUESTS,
                Topics.INBOX,
                new LifecycleSettings(Duration.ofHours(1), DEADLINE_GRACE, MAX_REPEATS, model -> model),
                new RetrySettings(
                        new DelayTiers(Topics.RETRIES.stream()
                                .map(retry -> Tier.parse(retry.tier()))
                                .toList()),
                        MAX_ATTEMPTS,
                        new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(8)),
                        new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(8)),
                        RETRY_AFTER_MAX),
                Duration.ofHours(1),
                1_000_000,
                Duration.ofMinutes(10),
                10_000,
                20_000,
                2_000,
                togetherBytes,
                new SlotSettings(FREE::equals, 2, priority -> 0),
                true);
    }

    static AdmissionSettings admission() {
        return new AdmissionSettings(
                scope -> scope.equals(FREE)
                        ? new ScopeLimits(0, 1_000)
                        : new ScopeLimits(perSecond(scope), PER_MINUTE.getOrDefault(scope, 0L), 4, 0),
                AdmissionSettings.DEFAULT_OFFSETS,
                tenant -> tenant.equals("big") ? 3 : 1,
                new TokenSettings(model -> 350, MOST_OUTPUT),
                AdmissionSettings.DEFAULT_GUARD,
                50,
                Duration.ofMillis(100),
                SimProcess.HARD_DEADLINE.plusSeconds(30),
                PauseSettings.DEFAULT,
                ZOMBIE_AFTER);
    }
}
