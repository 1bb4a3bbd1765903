package dev.weir.admission;

/**
 * What a scope may use.
 *
 * @param requestsPerSecond calls in any window of a second, 0 for no limit
 * @param tokensPerMinute tokens in any window of a minute, 0 for no limit
 * @param maxInFlight permits out at one time, 1 or more
 * @param reservePercent how much of each is kept for critical and high, 0 to 90
 */
public record ScopeLimits(int requestsPerSecond, long tokensPerMinute, int maxInFlight, int reservePercent) {
    private static final int MOST_RESERVE = 90;

    /** Refuses limits that make no sense. */
    public ScopeLimits {
        if (requestsPerSecond < 0) {
            throw new IllegalArgumentException(
                    "requests per second is " + requestsPerSecond + ", expected 0 (no limit) or more");
        }
        if (tokensPerMinute < 0) {
            throw new IllegalArgumentException(
                    "tokens per minute is " + tokensPerMinute + ", expected 0 (no limit) or more");
        }
        if (maxInFlight < 1) {
            throw new IllegalArgumentException("calls in flight is " + maxInFlight + ", expected 1 or more");
        }
        if (reservePercent < 0 || reservePercent > MOST_RESERVE) {
            throw new IllegalArgumentException("reserve is " + reservePercent + " percent, expected 0 to 90");
        }
    }

    /** Limits without tokens and without a reserve. */
    public ScopeLimits(int requestsPerSecond, int maxInFlight) {
        this(requestsPerSecond, 0, maxInFlight, 0);
    }
}
