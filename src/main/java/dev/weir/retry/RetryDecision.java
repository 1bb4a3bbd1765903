package dev.weir.retry;

import java.time.Instant;

/** What the retry policy answers. */
public sealed interface RetryDecision {
    /**
     * Try again through a tier.
     *
     * @param due not before this time
     * @param tier the tier to travel through
     * @param attempts how many attempts are charged by now
     */
    record RetryAt(Instant due, Tier tier, int attempts) implements RetryDecision {}

    /**
     * No try is left, or the failure is final.
     *
     * @param attempts how many attempts are charged by now
     * @param exhausted true when the number of attempts ended it, false when the failure itself is final
     */
    record GiveUp(int attempts, boolean exhausted) implements RetryDecision {}

    /**
     * The next try would start after the deadline.
     *
     * @param attempts how many attempts are charged by now
     * @param due when it would have started
     */
    record TooLate(int attempts, Instant due) implements RetryDecision {}
}
