package dev.weir.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What has been read of a request so far. The first defect is remembered and the reading goes on, so that a rejected
 * record is answered with as much of its id and metadata as can be told.
 */
final class RequestDraft {
    private static final int LONGEST_ID = 256;
    private static final int LONGEST_SHOWN = 60;

    private final SourceCoordinates source;
    private final RequestHeaders headers = new RequestHeaders();
    private @Nullable String id;
    private @Nullable Priority priority;
    private @Nullable String tenant;
    private @Nullable Instant deadline;
    private @Nullable String conversation;
    private Map<String, String> metadata = Map.of();
    private @Nullable Defect envelopeDefect;

    private boolean enveloped;
    private BodyDraft body = new BodyDraft("");
    private @Nullable Blob bytes;

    RequestDraft(SourceCoordinates source) {
        this.source = source;
    }

    void readHeaders(List<EventHeader> all) throws Defect {
        headers.read(all);
    }

    /** The whole value is the body, until a field called body is met. */
    void bare(Blob value) {
        bytes = value;
    }

    void enveloped() {
        enveloped = true;
        body = new BodyDraft("body.");
    }

    void body(Blob slice) {
        bytes = slice;
    }

    String id() {
        return headers.id != null ? headers.id : id != null ? id : source.toString();
    }

    Priority priority() {
        return headers.priority != null ? headers.priority : priority != null ? priority : Priority.NORMAL;
    }

    @Nullable
    String tenant() {
        return headers.tenant != null ? headers.tenant : tenant;
    }

    @Nullable
    String conversation() {
        return headers.conversation != null ? headers.conversation : conversation;
    }

    Map<String, String> metadata() {
        return metadata;
    }

    /** Reads the field if it belongs to the envelope; whether there is one is known only at the end. */
    boolean readEnvelopeField(String name, JsonParser parser) throws IOException {
        try {
            switch (name) {
                case "id", "custom_id" -> id = id(name, text(name, parser));
                case "priority" -> priority = priority(name, text(name, parser));
                case "tenant" -> tenant = text(name, parser);
                case "deadline" -> deadline = deadline(name, text(name, parser));
                case "conversation" -> conversation = text(name, parser);
                case "metadata" -> metadata = metadata(parser);
                case "method" -> expect(name, text(name, parser), "POST");
                case "url" -> expect(name, text(name, parser), "/v1/chat/completions");
                default -> {
                    return false;
                }
            }
        } catch (Defect defect) {
            envelopeDefect = envelopeDefect == null ? defect : envelopeDefect;
            parser.skipChildren();
        }
        return true;
    }

    void readBodyField(String name, JsonParser parser, boolean topLevel) throws IOException {
        if (topLevel && enveloped) {
            parser.skipChildren();
        } else {
            body.read(name, parser);
        }
    }

    /** The request, or its first defect. */
    GrokRequest finish() throws Defect {
        Blob slice = bytes;
        if (slice == null || (!enveloped && !body.hasMessages())) {
            throw new Defect(
                    Reason.MISSING_FIELD,
                    "the object has neither body nor messages; publish {\"body\": {…}} or a chat-completions body");
        }
        if (!enveloped) {
            return bareRequest(slice);
        }
        if (envelopeDefect != null) {
            throw envelopeDefect;
        }
        return request(slice);
    }

    /** In a bare body, fields with the envelope's names are Grok's business. */
    private GrokRequest bareRequest(Blob slice) throws Defect {
        id = null;
        priority = null;
        tenant = null;
        deadline = null;
        conversation = null;
        metadata = Map.of();
        return request(slice);
    }

    private GrokRequest request(Blob slice) throws Defect {
        return new GrokRequest(
                id(),
                priority(),
                tenant(),
                headers.deadline != null ? headers.deadline : deadline,
                conversation(),
                metadata,
                body.model(),
                body.maxCompletionTokens(),
                slice,
                headers.redriveCount);
    }

    private static @Nullable String text(String name, JsonParser parser) throws IOException, Defect {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw wrongType(name, parser.currentToken(), "a string");
        }
        return parser.getText();
    }

    private static Map<String, String> metadata(JsonParser parser) throws IOException, Defect {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return Map.of();
        }
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw wrongType("metadata", parser.currentToken(), "an object of strings");
        }
        Map<String, String> all = new LinkedHashMap<>();
        Defect first = null;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            if (token == JsonToken.VALUE_STRING) {
                all.put(name, parser.getText());
            } else {
                parser.skipChildren();
                first = first == null ? wrongType("metadata." + shown(name), token, "a string") : first;
            }
        }
        if (first != null) {
            throw first;
        }
        return all;
    }

    static @Nullable String id(String name, @Nullable String text) throws Defect {
        if (text == null) {
            return null;
        }
        if (text.isBlank() || text.length() > LONGEST_ID || text.chars().anyMatch(Character::isISOControl)) {
            throw new Defect(
                    Reason.INVALID_FIELD,
                    name + " is '" + shown(text) + "'; write 1 to " + LONGEST_ID
                            + " characters without control characters");
        }
        return text;
    }

    static @Nullable Priority priority(String name, @Nullable String text) throws Defect {
        if (text == null) {
            return null;
        }
        return Priority.parse(text)
                .orElseThrow(() -> new Defect(
                        Reason.INVALID_FIELD,
                        name + " is '" + shown(text) + "'; write one of critical, high, normal, low"));
    }

    static @Nullable Instant deadline(String name, @Nullable String text) throws Defect {
        if (text == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw new Defect(
                    Reason.INVALID_FIELD,
                    name + " is '" + shown(text) + "'; write an ISO 8601 time with zone such as 2030-01-01T00:00:00Z");
        }
    }

    private static void expect(String name, @Nullable String text, String expected) throws Defect {
        if (text != null && !text.equals(expected)) {
            throw new Defect(
                    Reason.INVALID_FIELD, name + " is '" + shown(text) + "'; only " + expected + " is supported");
        }
    }

    static Defect wrongType(String name, JsonToken token, String expected) {
        return new Defect(Reason.INVALID_FIELD, name + " is " + kind(token) + "; make it " + expected);
    }

    /** What a token is, for people. */
    static String kind(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            case VALUE_NULL -> "null";
            default -> "a " + token.name().toLowerCase(Locale.ROOT);
        };
    }

    /** A shortened text without control characters. */
    static String shown(String text) {
        String clean = text.replaceAll("\\p{Cntrl}", "?");
        return clean.length() <= LONGEST_SHOWN ? clean : clean.substring(0, LONGEST_SHOWN) + "…";
    }
}
