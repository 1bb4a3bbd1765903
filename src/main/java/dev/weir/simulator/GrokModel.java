package dev.weir.simulator;

import java.util.List;
import java.util.Set;

/**
 * A model of the simulated Grok.
 *
 * @param aliases other names that are served by it, retired ones too
 * @param context the longest prompt in tokens
 * @param prices in ticks for each token, for prompts below 200,000 tokens; twice as much from there on
 * @param efforts the accepted values of {@code reasoning_effort}; empty when the parameter is rejected
 * @param defaultEffort what holds without the parameter; {@code none} does not reason
 * @param stop whether {@code stop} is accepted
 * @param overhead prompt tokens that the server adds
 */
record GrokModel(
        String id,
        List<String> aliases,
        int context,
        Prices prices,
        Set<String> efforts,
        String defaultEffort,
        boolean stop,
        int overhead) {
    /** From so many prompt tokens on, everything costs twice as much. */
    static final int LONG_PROMPT = 200_000;

    /** Ticks (10^-10 USD) for each token. One USD for a million tokens is 10,000 ticks for each. */
    record Prices(long prompt, long cached, long output) {}

    /** What an answer costs. */
    long costTicks(Completion completion, boolean priority) {
        int cached = completion.cachedTokens();
        long ticks = (completion.promptTokens() - cached) * prices.prompt()
                + cached * prices.cached()
                + ((long) completion.completionTokens() + completion.reasoningTokens()) * prices.output();
        return ticks * (completion.promptTokens() >= LONG_PROMPT ? 2 : 1) * (priority ? 2 : 1);
    }
}
