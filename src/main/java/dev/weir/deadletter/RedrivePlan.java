package dev.weir.deadletter;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a redrive would do, or did: counts and an estimate of tokens and cost. Memory is bounded whatever the number of
 * letters. Threading: one thread.
 */
public final class RedrivePlan {
    private static final int MOST_MODELS = 50;
    private static final int MOST_EXAMPLES = 5;
    private static final String OTHER_MODELS = "(other models)";

    private final Prices prices;
    private final SortedMap<String, Long> models = new TreeMap<>();
    private final Map<SkipReason, Long> skipped = new EnumMap<>(SkipReason.class);
    private final Map<LetterCoordinates, String> examples = new LinkedHashMap<>();
    private final Map<SkipReason, Integer> examplesOf = new EnumMap<>(SkipReason.class);
    private long sent;
    private long promptTokens;
    private long completionTokens;
    private double costUsd;
    private long unpriced;

    RedrivePlan(Prices prices) {
        this.prices = prices;
    }

    void sent(TokenEstimate estimate) {
        sent++;
        promptTokens = saturated(promptTokens, estimate.promptTokens());
        completionTokens = saturated(completionTokens, estimate.completionTokens());
        boolean room = models.size() < MOST_MODELS || models.containsKey(estimate.model());
        models.merge(room ? estimate.model() : OTHER_MODELS, 1L, Long::sum);
        OptionalDouble usd = prices.usd(estimate);
        costUsd += usd.orElse(0);
        unpriced += usd.isEmpty() ? 1 : 0;
    }

    void skipped(LetterCoordinates at, RedriveDecision.Skip skip) {
        skipped.merge(skip.why(), 1L, Long::sum);
        boolean told = !skip.detail().equals(skip.why().explanation());
        if (told && examplesOf.merge(skip.why(), 1, Integer::sum) <= MOST_EXAMPLES) {
            examples.put(at, skip.why().id() + ": " + skip.detail());
        }
    }

    private static long saturated(long sum, long more) {
        return more > Long.MAX_VALUE - sum ? Long.MAX_VALUE : sum + more;
    }

    /** How many requests are sent again. */
    public long count() {
        return sent;
    }

    /** How many letters that the filter lets pass are left alone. */
    public long skippedCount() {
        return skipped.values().stream().mapToLong(Long::longValue).sum();
    }

    /** How many are left alone, by reason. */
    public Map<SkipReason, Long> skipped() {
        return Collections.unmodifiableMap(skipped);
    }

    /** Some letters that are left alone, and why; five of each kind at most. */
    public Map<LetterCoordinates, String> examples() {
        return Collections.unmodifiableMap(examples);
    }

    /** How many are sent, by the model they ask for. */
    public SortedMap<String, Long> models() {
        return Collections.unmodifiableSortedMap(models);
    }

    /** Estimated tokens of all prompts. */
    public long promptTokens() {
        return promptTokens;
    }

    /** The most tokens of all answers, estimated. */
    public long completionTokens() {
        return completionTokens;
    }

    /** The estimated cost at most, without the requests whose model has no known price. */
    public double costUsd() {
        return costUsd;
    }

    /** How many are sent to models without a known price. */
    public long unpriced() {
        return unpriced;
    }
}
