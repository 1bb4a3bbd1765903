package dev.weir.event;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a call used, as Grok counts it. Total = prompt + completion + reasoning; cached is inside prompt.
 *
 * @param promptTokens prompt tokens
 * @param cachedTokens those of the prompt that came from the cache
 * @param completionTokens visible output
 * @param reasoningTokens hidden output
 * @param totalTokens all of it
 * @param costUsd the cost in US dollars, or null when Grok did not say
 */
public record Usage(
        long promptTokens,
        long cachedTokens,
        long completionTokens,
        long reasoningTokens,
        long totalTokens,
        @Nullable BigDecimal costUsd) {}
