package dev.weir.deadletter;

import dev.weir.event.GrokRequest;

/**
 * What one call may use, guessed from its size; reasoning is not in it.
 *
 * @param model the model it asks for
 * @param promptTokens tokens of the prompt
 * @param completionTokens the most tokens of the answer
 */
public record TokenEstimate(String model, long promptTokens, long completionTokens) {
    /** The most that an answer is taken to have when the request sets no bound of its own. */
    static final long DEFAULT_COMPLETION_TOKENS = 4_096;

    private static final double BYTES_PER_TOKEN = 3.5;

    static TokenEstimate of(GrokRequest request) {
        Long bound = request.maxCompletionTokens();
        return new TokenEstimate(
                request.model(),
                (long) Math.ceil(request.body().size() / BYTES_PER_TOKEN),
                bound == null ? DEFAULT_COMPLETION_TOKENS : bound);
    }
}
