package dev.weir.simulator;

/**
 * What the simulated team may use of one model.
 *
 * @param requestsPerSecond above zero
 * @param tokensPerMinute prompt (cached too), completion and reasoning tokens together, above zero
 */
public record Limit(int requestsPerSecond, long tokensPerMinute) {
    /** Refuses limits that let nothing pass. */
    public Limit {
        if (requestsPerSecond < 1) {
            throw new IllegalArgumentException("requestsPerSecond is " + requestsPerSecond + ", expected 1 or more");
        }
        if (tokensPerMinute < 1) {
            throw new IllegalArgumentException("tokensPerMinute is " + tokensPerMinute + ", expected 1 or more");
        }
    }

    /** A limit that is never reached. */
    public static Limit unlimited() {
        return new Limit(Integer.MAX_VALUE, Long.MAX_VALUE);
    }
}
