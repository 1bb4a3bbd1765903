package dev.weir.grok;

import dev.weir.event.Blob;
import dev.weir.event.Usage;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a call ended. */
public sealed interface GrokOutcome {
    /** What the server said about its limits. */
    RateLimitHeaders rateLimits();

    /**
     * Grok answered.
     *
     * @param model the model that really answered
     * @param content the text of the first choice, or null (a tool call)
     * @param response the body, verbatim JSON
     * @param usage what was used, or null when the answer does not say
     * @param rateLimits the rate-limit headers
     */
    record Answered(
            String model,
            @Nullable String content,
            Blob response,
            @Nullable Usage usage,
            RateLimitHeaders rateLimits) implements GrokOutcome {}

    /**
     * Grok did not answer the question.
     *
     * @param error what happened
     * @param retryAfterOrNull how long the server asks to wait, or null
     * @param usage what was billed all the same, if known
     * @param rateLimits the rate-limit headers
     */
    record Stopped(
            GrokError error,
            @Nullable Duration retryAfterOrNull,
            @Nullable Usage usage,
            RateLimitHeaders rateLimits) implements GrokOutcome {
        /** How long the server asks to wait. */
        public Optional<Duration> retryAfter() {
            return Optional.ofNullable(retryAfterOrNull);
        }
    }
}
