package dev.weir.config;

/** The ceilings of a scope; 0 requests, tokens or calls in flight: no limit. */
public record QuotaLimits(int requestsPerSecond, long tokensPerMinute, int maxInFlight, int reservePercent) {
    /** The largest limit of calls in flight. */
    public static final int MOST_IN_FLIGHT = 1_000_000;

    /** Whether nothing limits the scope: its calls need no permits. */
    public boolean isOff() {
        return requestsPerSecond == 0 && tokensPerMinute == 0 && maxInFlight == 0;
    }

    /** Calls at the same time, as a number in any case. */
    public int mostInFlight() {
        return maxInFlight == 0 ? MOST_IN_FLIGHT : maxInFlight;
    }
}
