package dev.weir.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.event.StopClass;
import dev.weir.retry.RetryDecision.GiveUp;
import dev.weir.retry.RetryDecision.RetryAt;
import dev.weir.retry.RetryDecision.TooLate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RetryPolicyTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final DelayTiers TIERS =
            new DelayTiers(Stream.of("1s", "10s", "1m", "10m").map(Tier::parse).toList());
    private final RetryPolicy policy = new RetryPolicy(new RetrySettings(
            TIERS,
            3,
            new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(10)),
            new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30)),
            Duration.ofMinutes(10)));

    @Test
    void shouldChargeAnAttemptForATransientStop() {
        RetryDecision decision = policy.decide(stop(StopClass.TRANSIENT, 0, null), NOW, 0.5);

        assertThat(decision).isEqualTo(new RetryAt(NOW.plusMillis(500), Tier.parse("1s"), 1));
    }

    @ParameterizedTest
    @EnumSource(names = {"THROTTLED", "HALTED"})
    void shouldChargeNothingWhenTheServerRefusedEveryone(StopClass stopClass) {
        RetryDecision decision = policy.decide(stop(stopClass, 2, Duration.ofSeconds(7)), NOW, 0.9);

        assertThat(decision).isEqualTo(new RetryAt(NOW.plusSeconds(7), Tier.parse("10s"), 2));
    }

    @Test
    void shouldGiveUpAfterTheLastAttempt() {
        assertThat(policy.decide(stop(StopClass.TRANSIENT, 2, null), NOW, 0)).isEqualTo(new GiveUp(3, true));
    }

    @Test
    void shouldGiveUpAtOnceWhenTheFailureIsFinal() {
        assertThat(policy.decide(stop(StopClass.FATAL, 0, null), NOW, 0)).isEqualTo(new GiveUp(1, false));
    }

    @Test
    void shouldNotBelieveARetryAfterBeyondTheBound() {
        RetryDecision decision = policy.decide(stop(StopClass.THROTTLED, 0, Duration.ofDays(3)), NOW, 0);

        assertThat(decision).isEqualTo(new RetryAt(NOW.plusSeconds(600), Tier.parse("10m"), 0));
    }

    @Test
    void shouldNotRetryBeyondTheDeadline() {
        Stop stop = new Stop(StopClass.TRANSIENT, 0, 0, Duration.ofSeconds(5), NOW.plusSeconds(4));

        assertThat(policy.decide(stop, NOW, 0)).isEqualTo(new TooLate(1, NOW.plusSeconds(5)));
    }

    @Test
    void shouldNeverPassTheBoundNorGoBackInTime() {
        long seed = 20261121L;
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 20_000; i++) {
            Backoff backoff = new Backoff(
                    Duration.ofMillis(1 + random.nextInt(100_000)),
                    Duration.ofMillis(100_000L + random.nextInt(1 << 30)));
            int failures = 1 + random.nextInt(i % 2 == 0 ? 70 : Integer.MAX_VALUE - 1);
            Duration delay = backoff.delay(failures, random.nextDouble());
            assertThat(delay)
                    .as("seed %d round %d: %s after %d failures", seed, i, backoff, failures)
                    .isBetween(Duration.ZERO, backoff.max());
            assertThat(backoff.bound(failures)).isLessThanOrEqualTo(backoff.bound(Math.min(failures, 1 << 20) + 1));
        }
    }

    @Test
    void shouldChooseTheShortestTierThatCoversTheDelay() {
        assertThat(TIERS.cover(Duration.ofMillis(1)).name()).isEqualTo("1s");
        assertThat(TIERS.cover(Duration.ofSeconds(1)).name()).isEqualTo("1s");
        assertThat(TIERS.cover(Duration.ofMillis(1001)).name()).isEqualTo("10s");
        assertThat(TIERS.cover(Duration.ofHours(9)).name()).isEqualTo("10m");
    }

    @Test
    void shouldExplainUnusableTiers() {
        assertThatThrownBy(() -> Tier.parse("soon"))
                .hasMessageContaining("'soon'")
                .hasMessageContaining("such as 10s");
        assertThatThrownBy(() -> new DelayTiers(List.of(Tier.parse("10s"), Tier.parse("1s"))))
                .hasMessageContaining("growing order");
    }

    private static Stop stop(StopClass stopClass, int attempts, @Nullable Duration retryAfter) {
        return new Stop(stopClass, attempts, 0, retryAfter, null);
    }
}
