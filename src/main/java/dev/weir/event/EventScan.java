package dev.weir.event;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One streaming pass over a request's value that picks the few fields Weir reads and the place of the body. Nothing
 * else is kept, whatever the size; what was picked before the JSON breaks stays.
 */
final class EventScan {
    private static final Set<String> BODY_FIELDS =
            Set.of("model", "messages", "max_completion_tokens", "max_tokens", "stream", "deferred");
    private static final Set<String> ENVELOPE_FIELDS =
            Set.of("id", "priority", "tenant", "deadline", "conversation", "custom_id", "method", "url");
    private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final Blob value;
    private final Map<String, JsonValue> top = new HashMap<>();
    private final Map<String, JsonValue> inBody = new HashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private @Nullable Problem jsonProblem;
    private @Nullable Problem metadataProblem;
    private @Nullable Blob body;

    private EventScan(Blob value) {
        this.value = value;
    }

    /** Scans the value, which may be anything. */
    static EventScan of(Blob value) {
        EventScan scan = new EventScan(value);
        scan.run();
        return scan;
    }

    /** A field of the outermost object; null when it is absent or JSON null. */
    @Nullable
    JsonValue top(String name) {
        return top.get(name);
    }

    /** A field of the chat-completions body, wherever that is; null when it is absent or JSON null. */
    @Nullable
    JsonValue inBody(String name) {
        return isBare() ? top.get(name) : inBody.get(name);
    }

    /** Whether the value itself is the chat-completions body. */
    boolean isBare() {
        return top.containsKey("messages") && !top.containsKey("body");
    }

    /** Whether id, priority and the like are Weir's to read here; in doubt (the JSON breaks) they are. */
    boolean hasOwnFields() {
        return !isBare() || jsonProblem != null;
    }

    /** The metadata's entries that are texts. */
    Map<String, String> metadata() {
        return hasOwnFields() ? metadata : Map.of();
    }

    /** Why the value is not one JSON object, or null. */
    @Nullable
    Problem jsonProblem() {
        return jsonProblem;
    }

    /** Why the metadata is no map of texts, or null. */
    @Nullable
    Problem metadataProblem() {
        return hasOwnFields() ? metadataProblem : null;
    }

    /** The chat-completions body, verbatim; empty when there is none. */
    Blob body() {
        if (isBare()) {
            return startsWithBom() ? slice(BOM.length, value.size()) : value;
        }
        return body == null ? Blob.EMPTY : body;
    }

    private void run() {
        if (isOtherEncoding()) {
            jsonProblem = Problem.json("is not UTF-8 (byte 0)");
            return;
        }
        try (JsonParser parser = EventJson.STRICT.createParser(value.bytes())) {
            readRoot(parser);
        } catch (IOException | RuntimeException e) {
            // The parser's own message quotes the text, which may be a prompt: only the place is told.
            jsonProblem = describe(e);
            return;
        }
        int malformed = jsonProblem == null ? value.firstMalformedByte() : -1;
        if (malformed >= 0) {
            jsonProblem = Problem.json("is not UTF-8 (byte " + malformed + ")");
        }
    }

    private void readRoot(JsonParser parser) throws IOException {
        JsonToken first = parser.nextToken();
        if (first != JsonToken.START_OBJECT) {
            jsonProblem = first == null
                    ? Problem.json("is blank")
                    : Problem.json("is " + new JsonValue(first, "", true).kind() + ", not an object");
            return;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            readTopField(parser, parser.currentName());
        }
        if (parser.nextToken() != null) {
            jsonProblem = Problem.json("goes on after its end");
        }
    }

    private void readTopField(JsonParser parser, String name) throws IOException {
        JsonToken token = parser.nextToken();
        if (name.equals("body") && token == JsonToken.START_OBJECT) {
            readBody(parser);
        } else if (name.equals("metadata")) {
            readMetadata(parser);
        } else if (name.equals("body") || ENVELOPE_FIELDS.contains(name) || BODY_FIELDS.contains(name)) {
            keep(parser, name, top);
        } else {
            parser.skipChildren();
        }
    }

    private void readBody(JsonParser parser) throws IOException {
        top.put("body", new JsonValue(JsonToken.START_OBJECT, "", true));
        int start = (int) parser.currentTokenLocation().getByteOffset();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            if (BODY_FIELDS.contains(name)) {
                keep(parser, name, inBody);
            } else {
                parser.skipChildren();
            }
        }
        body = slice(start, (int) parser.currentLocation().getByteOffset());
    }

    private void readMetadata(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return;
        }
        if (token != JsonToken.START_OBJECT) {
            metadataProblem =
                    Problem.invalid("metadata", read(parser).kind(), "use an object whose values are strings");
            return;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            JsonValue found = read(parser);
            if (found.isString()) {
                metadata.put(name, found.text());
            } else if (metadataProblem == null) {
                metadataProblem = Problem.invalid(
                        "metadata." + Problem.quoted(name), found.shown(), "write every value as a string");
            }
        }
    }

    private static void keep(JsonParser parser, String name, Map<String, JsonValue> into) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_ARRAY || token == JsonToken.START_OBJECT) {
            // Kept before it is read, so that the shape is known even when the JSON breaks inside.
            into.put(name, new JsonValue(token, "", true));
        }
        JsonValue found = read(parser);
        if (found.token() != JsonToken.VALUE_NULL) {
            into.put(name, found);
        }
    }

    private static JsonValue read(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token.isScalarValue()) {
            boolean told = token == JsonToken.VALUE_STRING || token.isNumeric();
            return new JsonValue(token, told ? parser.getText() : "", false);
        }
        boolean hasChildren = !parser.nextToken().isStructEnd();
        if (hasChildren) {
            skipToEndOf(parser, parser.currentToken());
        }
        return new JsonValue(token, "", hasChildren);
    }

    private static void skipToEndOf(JsonParser parser, JsonToken first) throws IOException {
        int open = first.isStructStart() ? 2 : 1;
        while (open > 0) {
            JsonToken token = parser.nextToken();
            open += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        }
    }

    private Problem describe(Exception e) {
        if (!(e instanceof JsonProcessingException broken)) {
            return Problem.json("is not valid JSON");
        }
        String message = broken.getOriginalMessage();
        if (broken instanceof StreamConstraintsException) {
            return Problem.json(
                    message.contains("nesting depth")
                            ? "is nested deeper than " + EventJson.MAX_DEPTH + " levels"
                            : "has a number or a field name that is too long");
        }
        if (broken instanceof JsonParseException duplicate && message.startsWith("Duplicate")) {
            return duplicateOf(duplicate);
        }
        String place = broken.getLocation() == null
                ? ""
                : " at byte " + broken.getLocation().getByteOffset() + " of " + value.size();
        return Problem.json(broken instanceof JsonEOFException ? "breaks off" + place : "is not valid JSON" + place);
    }

    private static Problem duplicateOf(JsonParseException e) {
        return new Problem(Reason.INVALID_FIELD, pathOf(e) + " is given twice: keep one of them");
    }

    private static String pathOf(JsonParseException e) {
        JsonParser parser = e.getProcessor();
        if (parser == null) {
            return "a field";
        }
        String path = "";
        for (JsonStreamContext at = parser.getParsingContext(); at != null && !at.inRoot(); at = at.getParent()) {
            String name = at.getCurrentName();
            if (name != null && name.equals("messages")) {
                // Below messages even a name may be a prompt's.
                path = "messages";
            } else if (name != null) {
                path = path.isEmpty() ? name : name + "." + path;
            }
        }
        return Problem.quoted(path);
    }

    private boolean isOtherEncoding() {
        byte[] bytes = value.bytes();
        for (int i = 0; i < Math.min(4, bytes.length); i++) {
            if (bytes[i] == 0 || bytes[i] == (byte) 0xFE || bytes[i] == (byte) 0xFF) {
                return true;
            }
        }
        return false;
    }

    private boolean startsWithBom() {
        byte[] bytes = value.bytes();
        return bytes.length >= BOM.length && bytes[0] == BOM[0] && bytes[1] == BOM[1] && bytes[2] == BOM[2];
    }

    private Blob slice(int from, int to) {
        return Blob.of(Arrays.copyOfRange(value.bytes(), from, to));
    }
}
