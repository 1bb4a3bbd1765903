package dev.weir.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.event.SourceCoordinates;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads lines of the simulator's journal. */
final class CallReader {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** {@code <topic>-<partition>-<offset>/<try>}; a topic may contain dashes and digits itself. */
    private static final Pattern CLIENT_REQUEST_ID = Pattern.compile("(.+)-(\\d{1,9})-(\\d{1,18})/\\d+");

    private CallReader() {}

    /** The number of the line; empty when it has none. */
    static OptionalLong number(String line) {
        try {
            JsonNode seq = JSON.readTree(line).path("seq");
            return seq.isIntegralNumber() ? OptionalLong.of(seq.asLong()) : OptionalLong.empty();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    /** The request record of a call that was answered with success; empty for any other line. */
    static Optional<SourceCoordinates> successful(String line) {
        JsonNode entry;
        try {
            entry = JSON.readTree(line);
        } catch (IOException e) {
            return Optional.empty();
        }
        if (!entry.path("outcome").asText().equals("ok")) {
            return Optional.empty();
        }
        Matcher id = CLIENT_REQUEST_ID.matcher(entry.path("client_request_id").asText());
        return id.matches()
                ? Optional.of(
                        new SourceCoordinates(id.group(1), Integer.parseInt(id.group(2)), Long.parseLong(id.group(3))))
                : Optional.empty();
    }
}
