package dev.weir.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Faults, limits and journal entries in JSON. */
final class AdminJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private AdminJson() {}

    /** Reads {@code {"mixed":0.1}}, or {@code {"probabilities":{"stall":0.1},"script":["error500","none"]}}. */
    static FaultPlan faults(JsonNode body) {
        known(body, List.of("mixed", "probabilities", "script"));
        Map<Fault, Double> shares = new EnumMap<>(Fault.class);
        if (body.has("mixed")) {
            shares.putAll(FaultPlan.mixed(number(body, "mixed")).probabilities());
        }
        JsonNode own = body.path("probabilities");
        for (Map.Entry<String, JsonNode> share : own.properties()) {
            shares.put(fault(share.getKey()), number(own, share.getKey()));
        }
        List<Fault> script = new ArrayList<>();
        body.path("script").forEach(name -> script.add(fault(name.asText())));
        return new FaultPlan(shares, script);
    }

    static ObjectNode of(FaultPlan plan) {
        ObjectNode node = NODES.objectNode();
        ObjectNode shares = node.putObject("probabilities");
        plan.probabilities().forEach((fault, share) -> shares.put(fault.id(), share));
        plan.script().forEach(fault -> node.withArray("script").add(fault.id()));
        return node;
    }

    /** Reads {@code {"default":{"rps":5,"tpm":100000},"grok-4.7":{"rps":2,"tpm":1000}}}. */
    static Map<String, Limit> limits(JsonNode body) {
        Map<String, Limit> limits = new HashMap<>();
        for (Map.Entry<String, JsonNode> limit : body.properties()) {
            known(limit.getValue(), List.of("rps", "tpm"));
            double rps = number(limit.getValue(), "rps");
            double tpm = number(limit.getValue(), "tpm");
            limits.put(limit.getKey(), new Limit((int) rps, (long) tpm));
        }
        return SimulatorSettings.checked(limits);
    }

    static ObjectNode of(Map<String, Limit> limits) {
        ObjectNode node = NODES.objectNode();
        limits.forEach((model, limit) ->
                node.putObject(model).put("rps", limit.requestsPerSecond()).put("tpm", limit.tokensPerMinute()));
        return node;
    }

    static ObjectNode of(JournalEntry entry) {
        return NODES.objectNode()
                .put("seq", entry.seq())
                .put("at", entry.at().toString())
                .put("monotonic_nanos", entry.monotonicNanos())
                .put("client_request_id", entry.clientRequestId())
                .put("model", entry.model())
                .put("status", entry.status())
                .put("outcome", entry.outcome())
                .put("prompt_tokens", entry.promptTokens())
                .put("completion_tokens", entry.completionTokens())
                .put("reasoning_tokens", entry.reasoningTokens())
                .put("cost_in_usd_ticks", entry.costTicks())
                .put("answered", entry.answered());
    }

    private static Fault fault(String name) {
        return Fault.find(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "fault '" + name + "' is unknown, expected one of " + String.join(", ", Fault.ids())));
    }

    private static double number(JsonNode body, String field) {
        JsonNode value = body.path(field);
        if (!value.isNumber()) {
            throw new IllegalArgumentException("field '" + field + "' is " + value + ", expected a number");
        }
        return value.asDouble();
    }

    private static void known(JsonNode body, List<String> fields) {
        if (!body.isObject()) {
            throw new IllegalArgumentException("the value is " + body + ", expected an object with " + fields);
        }
        for (Map.Entry<String, JsonNode> field : body.properties()) {
            if (!fields.contains(field.getKey())) {
                throw new IllegalArgumentException(
                        "field '" + field.getKey() + "' is unknown, expected one of " + fields);
            }
        }
    }
}
