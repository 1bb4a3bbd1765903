package dev.weir.grok;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads the choices of a chat completion. */
final class AnswerReader {
    /** With these even no content at all is Grok's answer, and asking again would buy the same. */
    private static final Set<String> FINAL_WITHOUT_CONTENT = Set.of("content_filter", "length");

    private AnswerReader() {}

    /** Whether any choice says something: content, a tool call, a refusal, or that it was cut or filtered. */
    static boolean saysSomething(JsonNode choices) {
        for (JsonNode choice : choices) {
            if (isAnswer(choice)) {
                return true;
            }
        }
        return false;
    }

    /** The text of the first choice, or null when it has none. */
    static @Nullable String content(JsonNode choices) {
        return text(choices.path(0).path("message").path("content"));
    }

    private static boolean isAnswer(JsonNode choice) {
        JsonNode message = choice.path("message");
        return text(message.path("content")) != null
                || !message.path("tool_calls").isEmpty()
                || message.path("function_call").isObject()
                || Json.text(message, "refusal") != null
                || FINAL_WITHOUT_CONTENT.contains(choice.path("finish_reason").asText(""));
    }

    /** Content is a string, or a list of parts of which the text parts count. */
    private static @Nullable String text(JsonNode content) {
        String text = content.isArray()
                ? StreamSupport.stream(content.spliterator(), false)
                        .map(part -> part.path("text").asText(""))
                        .collect(Collectors.joining())
                : content.asText("");
        return text.isEmpty() ? null : SafeText.whole(text);
    }
}
