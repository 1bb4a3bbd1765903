package dev.weir.simulator;

import java.time.Instant;

/**
 * One request for a completion, as the simulated Grok saw it.
 *
 * @param seq counts from 0 in order of writing
 * @param at when the request was decided upon
 * @param monotonicNanos the same moment on a clock that never goes back, the one that the limits use
 * @param clientRequestId the header {@code x-client-request-id}, or empty
 * @param model the resolved id; what the request names when that is unknown; empty when it cannot be read
 * @param status the HTTP status, 0 while in flight and when the client saw none
 * @param outcome {@code ok}, {@code in_flight}, {@code rate_limited}, {@code invalid}, {@code unauthorized},
 *     {@code abandoned} (the client left before the answer) or the name of a fault
 * @param promptTokens of the generated answer, 0 when nothing was generated; as are the other amounts
 * @param completionTokens without reasoning
 * @param reasoningTokens reported beside the completion tokens
 * @param costTicks what the answer costs, in 10^-10 USD; also when the client did not get it
 * @param answered whether a whole response, whatever its status, was written to the client
 */
public record JournalEntry(
        long seq,
        Instant at,
        long monotonicNanos,
        String clientRequestId,
        String model,
        int status,
        String outcome,
        int promptTokens,
        int completionTokens,
        int reasoningTokens,
        long costTicks,
        boolean answered) {
    static final String IN_FLIGHT = "in_flight";
    static final String OK = "ok";
    static final String RATE_LIMITED = "rate_limited";
    static final String INVALID = "invalid";
    static final String UNAUTHORIZED = "unauthorized";
    static final String ABANDONED = "abandoned";

    /** The same with its end. */
    JournalEntry ended(int endStatus, String endOutcome, boolean wholeAnswer) {
        return new JournalEntry(
                seq,
                at,
                monotonicNanos,
                clientRequestId,
                model,
                endStatus,
                endOutcome,
                promptTokens,
                completionTokens,
                reasoningTokens,
                costTicks,
                wholeAnswer);
    }

    /** The same with what was generated for it. */
    JournalEntry generated(Completion completion, long ticks) {
        return new JournalEntry(
                seq,
                at,
                monotonicNanos,
                clientRequestId,
                model,
                status,
                outcome,
                completion.promptTokens(),
                completion.completionTokens(),
                completion.reasoningTokens(),
                ticks,
                answered);
    }

    /** The same with its place. */
    JournalEntry numbered(long number) {
        return new JournalEntry(
                number,
                at,
                monotonicNanos,
                clientRequestId,
                model,
                status,
                outcome,
                promptTokens,
                completionTokens,
                reasoningTokens,
                costTicks,
                answered);
    }
}
