package dev.weir.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.weir.event.ResponseStatus;
import dev.weir.event.SourceCoordinates;
import dev.weir.event.WeirHeaders;
import java.io.IOException;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Reads what the verifier needs from records, leniently, without building a tree of a large answer. */
final class RecordReader {
    private static final JsonFactory JSON = new JsonFactory();

    private RecordReader() {}

    /** The answer, or empty if it does not say whose answer it is or how it ended. */
    static Optional<Answer> answer(Headers headers, byte @Nullable [] value) {
        Draft draft = new Draft();
        if (value != null) {
            try (JsonParser parser = JSON.createParser(value)) {
                draft.read(parser);
            } catch (IOException e) {
                // Half a document, or none: what the headers say still counts.
            }
        }
        SourceCoordinates source = source(headers).orElse(draft.source);
        ResponseStatus status = statusOf(text(headers, WeirHeaders.STATUS));
        if (status == null) {
            status = statusOf(draft.status);
        }
        if (source == null || status == null) {
            return Optional.empty();
        }
        String id = text(headers, WeirHeaders.ID);
        return Optional.of(new Answer(
                id == null ? source.toString() : id, source, status, draft.possiblyRepeated, draft.duplicate));
    }

    /** The request record that a retry or dead letter came from, or empty. */
    static Optional<SourceCoordinates> source(Headers headers) {
        return coordinates(
                        text(headers, WeirHeaders.SOURCE_TOPIC),
                        text(headers, WeirHeaders.SOURCE_PARTITION),
                        text(headers, WeirHeaders.SOURCE_OFFSET))
                .or(() -> coordinates(
                        text(headers, WeirHeaders.STREAMS_TOPIC),
                        text(headers, WeirHeaders.STREAMS_PARTITION),
                        text(headers, WeirHeaders.STREAMS_OFFSET)));
    }

    private static Optional<SourceCoordinates> coordinates(
            @Nullable String topic, @Nullable String partition, @Nullable String offset) {
        if (topic == null || partition == null || offset == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SourceCoordinates(topic, Integer.parseInt(partition), Long.parseLong(offset)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static @Nullable String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
    }

    private static @Nullable ResponseStatus statusOf(@Nullable String wireName) {
        for (ResponseStatus status : ResponseStatus.values()) {
            if (status.wireName().equals(wireName)) {
                return status;
            }
        }
        return null;
    }

    /** The fields found so far. */
    private static final class Draft {
        private @Nullable SourceCoordinates source;
        private @Nullable String status;
        private boolean possiblyRepeated;
        private boolean duplicate;

        void read(JsonParser parser) throws IOException {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                JsonToken value = parser.nextToken();
                switch (field) {
                    case "status" -> status = value == JsonToken.VALUE_STRING ? parser.getText() : null;
                    case "possiblyRepeated" -> possiblyRepeated = value == JsonToken.VALUE_TRUE;
                    case "duplicate" -> duplicate = value == JsonToken.VALUE_TRUE;
                    case "source" -> readSource(parser, value);
                    default -> parser.skipChildren();
                }
            }
        }

        private void readSource(JsonParser parser, JsonToken start) throws IOException {
            if (start != JsonToken.START_OBJECT) {
                parser.skipChildren();
                return;
            }
            String topic = null;
            String partition = null;
            String offset = null;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                parser.nextToken();
                switch (field) {
                    case "topic" -> topic = parser.getText();
                    case "partition" -> partition = parser.getText();
                    case "offset" -> offset = parser.getText();
                    default -> {}
                }
                parser.skipChildren();
            }
            source = coordinates(topic, partition, offset).orElse(null);
        }
    }
}
