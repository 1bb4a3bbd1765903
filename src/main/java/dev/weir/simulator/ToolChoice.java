package dev.weir.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Optional;

/** Which tool an answer calls. */
final class ToolChoice {
    private ToolChoice() {}

    /**
     * The function to call: the named one, the first one when a call is required, and with {@code auto} the first one
     * whose name is in the last message of the user. After the result of a tool only a named or required one.
     */
    static Optional<JsonNode> tool(ChatRequest request) {
        JsonNode choice = request.body().path("tool_choice");
        if (choice.isObject()) {
            return first(request, choice.path("function").path("name").asText());
        }
        return switch (choice.asText("auto")) {
            case "none" -> Optional.empty();
            case "required" -> first(request, "");
            default -> request.endsWithToolResult() ? Optional.empty() : mentioned(request);
        };
    }

    private static Optional<JsonNode> first(ChatRequest request, String name) {
        for (JsonNode tool : request.body().path("tools")) {
            JsonNode function = tool.path("function");
            if (name.isEmpty() || function.path("name").asText().equals(name)) {
                return Optional.of(function);
            }
        }
        return Optional.empty();
    }

    private static Optional<JsonNode> mentioned(ChatRequest request) {
        String asked = request.lastUserText().toLowerCase(Locale.ROOT);
        for (JsonNode tool : request.body().path("tools")) {
            JsonNode function = tool.path("function");
            String name = function.path("name").asText().toLowerCase(Locale.ROOT);
            if (!name.isEmpty() && (asked.contains(name) || asked.contains(name.replace('_', ' ')))) {
                return Optional.of(function);
            }
        }
        return Optional.empty();
    }
}
