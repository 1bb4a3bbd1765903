package dev.weir.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The types of a request; unknown fields have none and are ignored. */
final class TypeRules {
    private static final Set<String> ROLES = Set.of("system", "developer", "user", "assistant", "tool", "function");
    private static final Map<String, JsonNodeType> FIELDS = Map.ofEntries(
            Map.entry("model", JsonNodeType.STRING),
            Map.entry("max_tokens", JsonNodeType.NUMBER),
            Map.entry("max_completion_tokens", JsonNodeType.NUMBER),
            Map.entry("temperature", JsonNodeType.NUMBER),
            Map.entry("top_p", JsonNodeType.NUMBER),
            Map.entry("n", JsonNodeType.NUMBER),
            Map.entry("seed", JsonNodeType.NUMBER),
            Map.entry("presence_penalty", JsonNodeType.NUMBER),
            Map.entry("frequency_penalty", JsonNodeType.NUMBER),
            Map.entry("stream", JsonNodeType.BOOLEAN),
            Map.entry("deferred", JsonNodeType.BOOLEAN),
            Map.entry("tools", JsonNodeType.ARRAY),
            Map.entry("response_format", JsonNodeType.OBJECT),
            Map.entry("stream_options", JsonNodeType.OBJECT),
            Map.entry("reasoning_effort", JsonNodeType.STRING),
            Map.entry("service_tier", JsonNodeType.STRING),
            Map.entry("user", JsonNodeType.STRING));

    private TypeRules() {}

    /** The first wrong type. */
    static Optional<Refusal> check(JsonNode body) {
        if (!body.isObject()) {
            return wrong("invalid type: " + name(body) + ", expected struct ChatRequest");
        }
        for (String field : FIELDS.keySet().stream().sorted().toList()) {
            JsonNode value = body.path(field);
            if (!absent(value) && value.getNodeType() != FIELDS.get(field)) {
                return wrong(field + ": invalid type: " + name(value));
            }
        }
        JsonNode messages = body.path("messages");
        if (messages.isMissingNode()) {
            return wrong("missing field `messages`");
        }
        return messages.isArray() ? messages(messages) : wrong("messages: invalid type: " + name(messages));
    }

    private static Optional<Refusal> messages(JsonNode messages) {
        for (int i = 0; i < messages.size(); i++) {
            JsonNode message = messages.get(i);
            String at = "messages[" + i + "]";
            JsonNode role = message.path("role");
            if (!role.isTextual()) {
                return wrong(at + ": missing field `role`");
            }
            if (!ROLES.contains(role.asText())) {
                return wrong(at + ".role: unknown variant `" + role.asText() + "`");
            }
            JsonNode content = message.path("content");
            boolean optional = List.of("assistant", "tool", "function").contains(role.asText());
            if (!content.isTextual() && !content.isArray() && !(optional && absent(content))) {
                return wrong(at + ".content: data did not match any variant of untagged enum Content");
            }
        }
        return Optional.empty();
    }

    private static boolean absent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    private static Optional<Refusal> wrong(String detail) {
        return Optional.of(Refusal.types(detail));
    }

    private static String name(JsonNode node) {
        return node.getNodeType().toString().toLowerCase(java.util.Locale.ROOT);
    }
}
