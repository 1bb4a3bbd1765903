package dev.weir.grok;

import org.jspecify.annotations.Nullable;

/**
 * The server's word on its limits: xAI's own family counts per minute and has no reset; the plain {@code X-RateLimit-*}
 * family may carry a reset.
 *
 * @param limitRequests requests allowed per window, or null
 * @param remainingRequests requests left, or null
 * @param limitTokens tokens allowed per window, or null
 * @param remainingTokens tokens left, or null
 * @param resetMillis milliseconds until the window starts again, or null
 * @param windowMillis the window's length, or null when unknown
 */
public record RateLimitHeaders(
        @Nullable Long limitRequests,
        @Nullable Long remainingRequests,
        @Nullable Long limitTokens,
        @Nullable Long remainingTokens,
        @Nullable Long resetMillis,
        @Nullable Long windowMillis) {
    /** Nothing was said. */
    public static final RateLimitHeaders NONE = new RateLimitHeaders(null, null, null, null, null, null);
}
