package dev.weir.simulator;

/** What the simulated Grok makes of a request. */
sealed interface Reading {
    /** It keeps all rules. */
    record Accepted(ChatRequest request) implements Reading {}

    /**
     * It breaks a rule.
     *
     * @param model the resolved model; what is named when that is unknown; empty when it cannot be read
     * @param unauthorized whether the key was the reason
     */
    record Rejected(String model, Refusal refusal, boolean unauthorized) implements Reading {}
}
