package dev.weir.admission;

/**
 * What a scope may use.
 *
 * @param requestsPerSecond calls in any window of a second, 0 for no limit
 * @param maxInFlight permits out at one time, 1 or more
 */
public record ScopeLimits(int requestsPerSecond, int maxInFlight) {
    /** Refuses limits that make no sense. */
    public ScopeLimits {
        if (requestsPerSecond < 0) {
            throw new IllegalArgumentException(
                    "requests per second is " + requestsPerSecond + ", expected 0 (no limit) or more");
        }
        if (maxInFlight < 1) {
            throw new IllegalArgumentException("calls in flight is " + maxInFlight + ", expected 1 or more");
        }
    }
}
