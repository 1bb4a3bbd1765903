package dev.weir.retry;

import java.time.Duration;

/**
 * Exponential backoff with full jitter: a uniform draw from zero to {@code min(max, base * 2^(failures-1))}, the
 * variant that spreads a crowd best (Brooker, "Exponential Backoff And Jitter", 2015).
 *
 * @param base the bound after the first failure, above zero
 * @param max the bound that is never passed, at least the base
 */
public record Backoff(Duration base, Duration max) {
    /** Refuses bounds that make no sense. */
    public Backoff {
        if (base.isZero() || base.isNegative()) {
            throw new IllegalArgumentException("backoff base is " + base + ", expected above zero");
        }
        if (max.compareTo(base) < 0) {
            throw new IllegalArgumentException("backoff max is " + max + ", expected at least the base " + base);
        }
    }

    /**
     * The delay before the next try.
     *
     * @param failures how many failures so far, 1 or more
     * @param draw a uniform draw from [0, 1)
     */
    public Duration delay(int failures, double draw) {
        long bound = bound(failures).toMillis();
        return Duration.ofMillis((long) (bound * draw));
    }

    /** The largest delay after so many failures. */
    Duration bound(int failures) {
        int doublings = Math.max(0, failures - 1);
        long baseMillis = base.toMillis();
        long maxMillis = max.toMillis();
        boolean passesMax =
                doublings >= Long.numberOfLeadingZeros(baseMillis) - 1 || baseMillis << doublings > maxMillis;
        return passesMax ? max : Duration.ofMillis(baseMillis << doublings);
    }
}
