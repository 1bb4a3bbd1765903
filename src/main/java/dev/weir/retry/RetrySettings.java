package dev.weir.retry;

import java.time.Duration;

/**
 * How stopped requests are tried again.
 *
 * @param tiers the delay tiers
 * @param maxAttempts how many attempts a request has, 1 or more
 * @param transientBackoff after server errors, broken connections and time-outs
 * @param throttleBackoff after a 429 without Retry-After, and while a scope is halted
 * @param retryAfterMax the longest Retry-After that is believed
 */
public record RetrySettings(
        DelayTiers tiers, int maxAttempts, Backoff transientBackoff, Backoff throttleBackoff, Duration retryAfterMax) {
    /** Refuses settings that make no sense. */
    public RetrySettings {
        if (maxAttempts < 1) {
            throw new IllegalArgumentException("retry.max.attempts is " + maxAttempts + ", expected 1 or more");
        }
        if (retryAfterMax.isNegative()) {
            throw new IllegalArgumentException("retry.after.max.ms is negative: " + retryAfterMax.toMillis());
        }
    }
}
