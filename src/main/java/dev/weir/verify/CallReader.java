package dev.weir.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.event.SourceCoordinates;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads lines of the simulator's journal. */
final class CallReader {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** {@code <topic>-<partition>-<offset>/<try>}; a topic may contain dashes and digits itself. */
    private static final Pattern CLIENT_REQUEST_ID = Pattern.compile("(.+)-(\\d{1,9})-(\\d{1,18})/\\d+");

    private CallReader() {}

    /** The call of a line, or empty if it is no entry of a journal. */
    static Optional<Call> read(String line) {
        try {
            JsonNode entry = JSON.readTree(line);
            if (!entry.path("seq").canConvertToLong()) {
                return Optional.empty();
            }
            boolean ok = entry.path("outcome").asText().equals("ok");
            Optional<SourceCoordinates> source =
                    source(entry.path("client_request_id").asText());
            return Optional.of(new Call(entry.path("seq").asLong(), ok ? source : Optional.empty()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<SourceCoordinates> source(String clientRequestId) {
        Matcher id = CLIENT_REQUEST_ID.matcher(clientRequestId);
        return id.matches()
                ? Optional.of(
                        new SourceCoordinates(id.group(1), Integer.parseInt(id.group(2)), Long.parseLong(id.group(3))))
                : Optional.empty();
    }

    /**
     * An entry of the journal.
     *
     * @param seq its number, counted from 0
     * @param successful the request record, if Grok answered with success and the call was the gateway's
     */
    record Call(long seq, Optional<SourceCoordinates> successful) {}
}
