package dev.weir.grok;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.event.Blob;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An error as its body states it, in any of the shapes that Grok and the proxies before it use.
 *
 * @param code the code as written, a number as its digits, or null
 * @param message the words, raw; empty when there are none
 * @param page whether it is a web page of the edge, whose words say nothing about the request
 */
record ErrorBody(@Nullable String code, String message, boolean page) {
    /** An error message never needs more; the rest of a large body is not looked at. */
    private static final int MAX_TEXT_BYTES = 65_536;

    private static final Pattern TITLE = Pattern.compile("(?is)<title[^>]*>(.*?)</title>");
    private static final Pattern TAG =
            Pattern.compile("(?is)^(<\\?xml.*?\\?>|<!--.*?-->|\\s)*<(!doctype|html|head|body)\\b.*");

    /** What the body of an answer with an error status says. */
    static ErrorBody read(Blob body) {
        return Json.parse(body).flatMap(ErrorBody::ofJson).orElseGet(() -> ofText(head(body)));
    }

    /**
     * The error in a body that came with a success status; empty when it is an answer, or nobody's words.
     *
     * @param json the body as JSON, empty when it is none
     */
    static Optional<ErrorBody> within(Blob body, Optional<JsonNode> json) {
        return json.or(() -> firstEvent(body)).flatMap(ErrorBody::explicit);
    }

    private static Optional<ErrorBody> explicit(JsonNode node) {
        boolean saysError = node.isTextual() || (node.hasNonNull("error") && !node.has("choices"));
        return saysError ? ofJson(node) : Optional.empty();
    }

    /** The first data of an event stream: a server that streams anyway reports its error there. */
    private static Optional<JsonNode> firstEvent(Blob body) {
        return head(body)
                .lines()
                .filter(line -> line.startsWith("data:"))
                .findFirst()
                .flatMap(line -> Json.parse(line.substring("data:".length())));
    }

    private static Optional<ErrorBody> ofJson(JsonNode node) {
        if (node.isTextual()) {
            return Optional.of(new ErrorBody(null, node.textValue(), false));
        }
        if (!node.isObject()) {
            return Optional.empty();
        }
        JsonNode error = node.path("error");
        String code = firstNonNull(scalar(error, "code"), scalar(node, "code"), scalar(error, "type"));
        String message = error.isTextual() && !error.textValue().isEmpty()
                ? error.textValue()
                : firstNonNull(Json.text(error, "message"), Json.text(node, "message"), Json.text(node, "detail"));
        if (message == null && code == null) {
            return Optional.empty();
        }
        return Optional.of(new ErrorBody(code, message == null ? "" : message, false));
    }

    private static ErrorBody ofText(String text) {
        if (!TAG.matcher(text).matches()) {
            return new ErrorBody(null, text.strip(), false);
        }
        Matcher title = TITLE.matcher(text);
        boolean named = title.find() && !title.group(1).isBlank();
        return new ErrorBody(null, named ? title.group(1).strip() : "HTML page", true);
    }

    private static @Nullable String scalar(JsonNode object, String field) {
        JsonNode value = object.path(field);
        return value.isIntegralNumber() ? value.asText() : Json.text(object, field);
    }

    private static @Nullable String firstNonNull(@Nullable String... candidates) {
        for (String candidate : candidates) {
            if (candidate != null) {
                return candidate;
            }
        }
        return null;
    }

    private static String head(Blob body) {
        return new String(
                body.bytes(), 0, Math.min(body.size(), MAX_TEXT_BYTES), java.nio.charset.StandardCharsets.UTF_8);
    }
}
