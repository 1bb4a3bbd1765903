package dev.weir.cli;

import dev.weir.event.ErrorInfo;
import dev.weir.event.GrokResponse;
import dev.weir.event.ResponseStatus;
import dev.weir.event.Usage;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** Counts responses for a summary. Threading: one thread. */
final class OutcomeTally {
    private final Map<ResponseStatus, Integer> statuses = new EnumMap<>(ResponseStatus.class);
    private final Map<String, Integer> reasons = new TreeMap<>();
    private final Map<Integer, Integer> attempts = new TreeMap<>();
    private final Samples queue = new Samples();
    private final Samples retry = new Samples();
    private final Samples provider = new Samples();
    private final Samples overhead = new Samples();
    private long promptTokens;
    private long outputTokens;
    private BigDecimal costUsd = BigDecimal.ZERO;
    private int duplicates;
    private int possiblyRepeated;
    private int total;

    void add(GrokResponse response) {
        total++;
        statuses.merge(response.status(), 1, Integer::sum);
        ErrorInfo error = response.error();
        if (error != null) {
            reasons.merge(error.reason().id(), 1, Integer::sum);
        }
        possiblyRepeated += response.possiblyRepeated() ? 1 : 0;
        if (response.duplicate()) {
            duplicates++;
            return;
        }
        if (response.attempts() > 0) {
            attempts.merge(response.attempts(), 1, Integer::sum);
            queue.add(response.timing().queueMillis());
            retry.add(response.timing().retryMillis());
            provider.add(response.timing().providerMillis());
            overhead.add(response.timing().overheadMillis());
        }
        use(response.usage());
    }

    private void use(@org.jspecify.annotations.Nullable Usage usage) {
        if (usage == null) {
            return;
        }
        promptTokens += usage.promptTokens();
        outputTokens += usage.completionTokens() + usage.reasoningTokens();
        BigDecimal cost = usage.costUsd();
        costUsd = cost == null ? costUsd : costUsd.add(cost);
    }

    int total() {
        return total;
    }

    int count(ResponseStatus status) {
        return statuses.getOrDefault(status, 0);
    }

    /** The summary, as rows of a table. */
    Table table(long throttled) {
        Table table = new Table();
        for (ResponseStatus status : ResponseStatus.values()) {
            if (count(status) > 0) {
                table.row(status.wireName(), count(status));
            }
        }
        reasons.forEach((reason, count) -> table.row("  " + reason, count));
        table.row("attempts", counts(attempts));
        table.row("429s seen", throttled);
        if (duplicates > 0) {
            table.row("duplicates", duplicates);
        }
        table.row("possibly repeated", possiblyRepeated);
        table.row("tokens", String.format("%,d prompt, %,d output", promptTokens, outputTokens));
        table.row("cost", costUsd.stripTrailingZeros().toPlainString() + " USD");
        table.row("queue", queue.summary());
        table.row("retry waits", retry.summary());
        table.row("provider", provider.summary());
        table.row("overhead", overhead.summary());
        return table;
    }

    private static String counts(Map<Integer, Integer> attempts) {
        StringBuilder text = new StringBuilder();
        attempts.forEach((attempt, count) -> text.append(text.isEmpty() ? "" : ", ")
                .append(count)
                .append(" with ")
                .append(attempt));
        return text.toString();
    }
}
