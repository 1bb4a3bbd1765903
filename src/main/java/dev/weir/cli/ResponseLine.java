package dev.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.event.ResponseStatus;
import dev.weir.event.SourceCoordinates;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A response event as the submitter shows it.
 *
 * @param source the request record
 * @param succeeded whether Grok answered
 * @param json the event on one line
 * @param content the text of the answer; for another outcome empty
 */
record ResponseLine(SourceCoordinates source, boolean succeeded, String json, String content) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reads a record value; empty if it is no response event. */
    static Optional<ResponseLine> read(byte @Nullable [] value) {
        if (value == null) {
            return Optional.empty();
        }
        try {
            JsonNode event = JSON.readTree(value);
            JsonNode source = event.path("source");
            if (!source.path("topic").isTextual() || !source.path("offset").canConvertToLong()) {
                return Optional.empty();
            }
            String text = new String(value, UTF_8).strip();
            return Optional.of(new ResponseLine(
                    new SourceCoordinates(
                            source.path("topic").asText(),
                            source.path("partition").asInt(),
                            source.path("offset").asLong()),
                    event.path("status").asText().equals(ResponseStatus.SUCCEEDED.wireName()),
                    // Verbatim, unless Grok's own body inside it is spread over lines.
                    text.indexOf('\n') < 0 && text.indexOf('\r') < 0 ? text : event.toString(),
                    event.path("content").asText("")));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
