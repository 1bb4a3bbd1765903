package dev.weir.permit;

import org.jspecify.annotations.Nullable;

/**
 * What the server said about its own limits, all parts optional.
 *
 * @param limitRequests requests allowed per window
 * @param remainingRequests requests left in it
 * @param limitTokens tokens allowed per window
 * @param remainingTokens tokens left in it
 * @param resetMillis milliseconds until the window starts again
 * @param windowMillis the window's length, 60,000 for xAI's own headers; null when the header family does not tell
 */
public record QuotaObservation(
        @Nullable Long limitRequests,
        @Nullable Long remainingRequests,
        @Nullable Long limitTokens,
        @Nullable Long remainingTokens,
        @Nullable Long resetMillis,
        @Nullable Long windowMillis) {
    /** Nothing was said. */
    public static final QuotaObservation NONE = new QuotaObservation(null, null, null, null, null, null);
}
