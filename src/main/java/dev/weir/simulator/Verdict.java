package dev.weir.simulator;

/** What the {@link Gate} says to a request. */
sealed interface Verdict {
    /** When it was said, on the clock of the limits. */
    long nanos();

    /**
     * The limits let it pass.
     *
     * @param fault what happens to it, {@link Fault#NONE} for an answer
     * @param gaussian the draw for its latency
     * @param quota what is left
     */
    record Passed(long nanos, Fault fault, double gaussian, Gate.Quota quota) implements Verdict {}

    /**
     * Over a limit.
     *
     * @param byTokens whether tokens per minute, else requests per second
     * @param actual the count with this request
     * @param limit what is allowed
     * @param retryAfterSeconds until some room comes back
     */
    record Limited(long nanos, boolean byTokens, long actual, long limit, long retryAfterSeconds) implements Verdict {}
}
