package dev.weir.admission;

import dev.weir.permit.AskMessage;
import dev.weir.permit.CallEnd;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How many tokens calls of a scope will use: the prompt by its length, what the server adds to it by model, and the
 * visible output and reasoning by model and tenant, all learned. Threading: owned by one stream thread.
 */
final class TokenEstimates {
    /** More than this share the estimate of their model: memory stays bounded whatever tenants are named. */
    private static final int MOST = 4_000;

    private static final int PERMILLE = 1_000;
    private static final String OVERHEAD = "overhead:";
    private static final String VISIBLE = "visible:";
    private static final String REASONING = "reasoning:";
    private static final String ERROR = "estimate-error";

    private final TokenSettings settings;
    private final Map<String, Learned> learned = new HashMap<>();
    private final Set<String> changed = new TreeSet<>();

    TokenEstimates(TokenSettings settings) {
        this.settings = settings;
    }

    /** What to reserve for a call: nearly always enough. */
    long reservation(Demand demand) {
        long visible = Math.max(0, of(VISIBLE, demand).high(settings.firstOutput()));
        if (demand.maxCompletionTokens() != Demand.UNBOUNDED) {
            visible = Math.min(visible, demand.maxCompletionTokens());
        }
        long reasoning = Math.max(0, of(REASONING, demand).high(0));
        long overhead = overhead(demand).high(0);
        long prompt = Math.max(1, Saturating.add(byLength(demand), overhead));
        return Saturating.add(prompt, Saturating.add(visible, reasoning));
    }

    /** What the prompt alone will use, without any margin. */
    long least(Demand demand) {
        return Math.max(1, Saturating.add(byLength(demand), overhead(demand).middle(0)));
    }

    /** Why a request can never be granted under a limit: its prompt alone takes more; empty when it can. */
    Optional<String> tooLarge(Demand demand, String scope, long tokensPerMinute) {
        if (tokensPerMinute == 0 || least(demand) <= tokensPerMinute) {
            return Optional.empty();
        }
        return Optional.of("the prompt needs about " + least(demand) + " tokens (" + demand.promptBytes()
                + " bytes), more than the " + tokensPerMinute + " tokens a minute of scope " + scope
                + "; shorten it or raise quota." + scope + ".tokens.per.minute");
    }

    /** What a call has used: what is billed, nothing when it was refused, else what was reserved. */
    static long used(AskMessage.Settle settle, long reserved) {
        Long prompt = settle.promptTokens();
        Long output = settle.outputTokens();
        if (settle.end() == CallEnd.THROTTLED || settle.end() == CallEnd.HALTED) {
            return 0;
        }
        return prompt != null && output != null ? Saturating.add(Math.max(0, prompt), Math.max(0, output)) : reserved;
    }

    /**
     * Learns from a call that is over, as far as its usage is known.
     *
     * @param reserved what was reserved for it
     */
    void learn(Demand demand, long reserved, AskMessage.Settle settle) {
        Long prompt = settle.promptTokens();
        Long output = settle.outputTokens();
        if (prompt == null || output == null || demand.model().isEmpty()) {
            return;
        }
        long reasoning = settle.reasoningTokens() == null ? 0 : settle.reasoningTokens();
        learn(OVERHEAD + demand.model(), prompt - byLength(demand));
        learn(VISIBLE, demand, Math.max(0, output - reasoning));
        learn(REASONING, demand, reasoning);
        if (reserved > 0) {
            long actual = Math.max(1, Saturating.add(prompt, output));
            learn(ERROR, Math.abs(reserved - actual) * PERMILLE / actual);
        }
    }

    /** How far reservations are from what is used, in thousandths of the latter; 0 when nothing was seen. */
    long errorPermille() {
        return learned.getOrDefault(ERROR, Learned.NOTHING).middle(0);
    }

    /** Has what was learned since the last call remembered. */
    void remember(String scope, PermitLog log) {
        for (String what : changed) {
            Learned next = learned.getOrDefault(what, Learned.NOTHING);
            log.remember(scope, what, next.samples(), next.mean(), next.deviation());
        }
        changed.clear();
    }

    /** Takes back what was remembered, if it is of this kind. */
    void restore(String what, long... numbers) {
        if (what.startsWith(OVERHEAD) || what.startsWith(VISIBLE) || what.startsWith(REASONING) || what.equals(ERROR)) {
            learned.put(what, new Learned((int) numbers[0], numbers[1], numbers[2]));
        }
    }

    private Learned overhead(Demand demand) {
        return learned.getOrDefault(OVERHEAD + demand.model(), Learned.NOTHING);
    }

    /** A pair that is not known is taken for its model. */
    private Learned of(String kind, Demand demand) {
        Learned own = learned.get(pair(kind, demand));
        return own != null ? own : learned.getOrDefault(kind + demand.model(), Learned.NOTHING);
    }

    private void learn(String kind, Demand demand, long sample) {
        learn(kind + demand.model(), sample);
        learn(pair(kind, demand), sample);
    }

    private void learn(String what, long sample) {
        Learned known = learned.get(what);
        if (known != null || learned.size() < MOST) {
            learned.put(what, (known == null ? Learned.NOTHING : known).with(sample));
            changed.add(what);
        }
    }

    private long byLength(Demand demand) {
        int per100 = Math.max(1, settings.bytesPer100Tokens().applyAsInt(demand.model()));
        return demand.promptBytes() * 100L / per100;
    }

    private static String pair(String kind, Demand demand) {
        return kind + demand.model() + "\n" + demand.tenant();
    }
}
