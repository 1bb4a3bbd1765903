package dev.weir.simulator;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A request for a completion that keeps all rules.
 *
 * @param body the whole request
 * @param effort the reasoning effort that holds
 */
record ChatRequest(GrokModel model, JsonNode body, String effort) {
    boolean stream() {
        return body.path("stream").asBoolean();
    }

    int choices() {
        return Math.max(1, body.path("n").asInt(1));
    }

    /** The most visible tokens of an answer. */
    int maxTokens() {
        JsonNode max = body.path("max_completion_tokens");
        return (max.isNumber() ? max : body.path("max_tokens")).asInt(128_000);
    }

    /** The tier that is used; unknown ones become default. */
    String tier() {
        String asked = body.path("service_tier").asText("default");
        return asked.equals("fast") || asked.equals("priority") ? "priority" : "default";
    }

    /** The text of the last message of the user. */
    String lastUserText() {
        String last = "";
        for (JsonNode message : body.path("messages")) {
            if (message.path("role").asText().equals("user")) {
                last = text(message.path("content"));
            }
        }
        return last;
    }

    /** Whether the last message brings the result of a tool. */
    boolean endsWithToolResult() {
        JsonNode messages = body.path("messages");
        return messages.path(messages.size() - 1).path("role").asText().equals("tool");
    }

    /** The text of a content, be it a string or parts. */
    static String text(JsonNode content) {
        if (!content.isArray()) {
            return content.asText("");
        }
        StringBuilder text = new StringBuilder();
        content.forEach(part -> text.append(part.path("text").asText("")));
        return text.toString();
    }
}
