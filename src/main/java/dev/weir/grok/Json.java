package dev.weir.grok;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.weir.event.Blob;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lenient looks into JSON that somebody else wrote: what is absent or of another type is empty, never an exception. */
final class Json {
    /** UTF-8 alone: left to itself Jackson would accept UTF-16, too. */
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .disable(JsonFactory.Feature.CHARSET_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private interface Reading {
        JsonNode read() throws IOException;
    }

    private Json() {}

    /** The one JSON value that the bytes hold in UTF-8, or empty when they hold anything else. */
    static Optional<JsonNode> parse(Blob body) {
        // Jackson lets pass what is almost UTF-8, which cannot be embedded verbatim.
        return body.firstMalformedByte() >= 0 ? Optional.empty() : value(() -> MAPPER.readTree(body.bytes()));
    }

    /** The one JSON value of the text, or empty when it is anything else. */
    static Optional<JsonNode> parse(String text) {
        return value(() -> MAPPER.readTree(text));
    }

    private static Optional<JsonNode> value(Reading reading) {
        try {
            return Optional.ofNullable(reading.read()).filter(node -> !node.isMissingNode());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The field's text, or null when it is absent, empty or no string. */
    static @Nullable String text(JsonNode object, String field) {
        JsonNode value = object.path(field);
        return value.isTextual() && !value.textValue().isEmpty() ? value.textValue() : null;
    }
}
