package dev.weir.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/** The rules for arguments of a request with sound types. */
final class ArgumentRules {
    private static final int MOST_TOOLS = 350;
    private static final int MOST_CHOICES = 128;
    private static final int MOST_STOPS = 4;

    private ArgumentRules() {}

    /** The first broken rule. */
    static Optional<Refusal> check(GrokModel model, JsonNode body) {
        return search(body)
                .or(() -> modes(body))
                .or(() -> unsupported(model, body))
                .or(() -> effort(model, body))
                .or(() -> ranges(body))
                .or(() -> prompt(model, body));
    }

    private static Optional<Refusal> search(JsonNode body) {
        return body.hasNonNull("search_parameters") || body.hasNonNull("web_search_options")
                ? Optional.of(
                        Refusal.of(410, "gone", "Live search is deprecated. Please switch to the Agent Tools API"))
                : Optional.empty();
    }

    private static Optional<Refusal> modes(JsonNode body) {
        if (!body.path("deferred").asBoolean()) {
            return body.hasNonNull("stream_options") && !body.path("stream").asBoolean()
                    ? broken("stream_options is only allowed with stream=true")
                    : Optional.empty();
        }
        return body.path("stream").asBoolean()
                ? Optional.of(Refusal.bare(400, "A request may either be streaming or deferred, but not both."))
                : Optional.of(Refusal.notSupported("deferred"));
    }

    private static Optional<Refusal> unsupported(GrokModel model, JsonNode body) {
        // Both penalties are refused by every model, even with the value 0.
        for (String penalty : List.of("presence_penalty", "frequency_penalty")) {
            if (body.hasNonNull(penalty)) {
                return Optional.of(Refusal.notSupported(penalty));
            }
        }
        if (body.hasNonNull("stop") && !model.stop()) {
            return Optional.of(Refusal.notSupported("stop"));
        }
        return body.path("stop").size() > MOST_STOPS ? broken("stop has more than 4 sequences") : Optional.empty();
    }

    private static Optional<Refusal> effort(GrokModel model, JsonNode body) {
        if (!body.hasNonNull("reasoning_effort")) {
            return Optional.empty();
        }
        String effort = body.path("reasoning_effort").asText();
        if (model.efforts().isEmpty()) {
            return broken("Model " + model.id() + " does not support parameter reasoningEffort.");
        }
        return model.efforts().contains(effort)
                ? Optional.empty()
                : broken("Model " + model.id() + " does not support reasoning effort '" + effort + "'.");
    }

    private static Optional<Refusal> ranges(JsonNode body) {
        double temperature = body.path("temperature").asDouble(1);
        if (temperature < 0 || temperature > 2) {
            return broken("temperature must be between 0 and 2, got " + temperature);
        }
        double topP = body.path("top_p").asDouble(1);
        if (topP <= 0 || topP > 1) {
            return broken("top_p must be above 0 and at most 1, got " + topP);
        }
        int choices = body.path("n").asInt(1);
        if (choices < 1 || choices > MOST_CHOICES) {
            return broken("n must be between 1 and " + MOST_CHOICES + ", got " + choices);
        }
        for (String max : List.of("max_tokens", "max_completion_tokens")) {
            if (body.path(max).asInt(1) < 1) {
                return broken(max + " must be at least 1, got " + body.path(max).asInt());
            }
        }
        return body.path("tools").size() > MOST_TOOLS
                ? broken("At most " + MOST_TOOLS + " tools are allowed, got "
                        + body.path("tools").size())
                : Optional.empty();
    }

    private static Optional<Refusal> prompt(GrokModel model, JsonNode body) {
        JsonNode messages = body.path("messages");
        if (messages.isEmpty()) {
            return broken("Messages must not be empty.");
        }
        for (JsonNode message : messages) {
            boolean user = message.path("role").asText().equals("user");
            if (user
                    && message.path("content").isEmpty()
                    && message.path("content").asText().isEmpty()) {
                return broken("Empty content block");
            }
        }
        int tokens = Generator.promptTokens(model, body);
        return tokens > model.context()
                ? broken("This model's maximum prompt length is " + model.context() + " but the request contains "
                        + tokens + " tokens.")
                : Optional.empty();
    }

    private static Optional<Refusal> broken(String message) {
        return Optional.of(Refusal.argument(message));
    }
}
