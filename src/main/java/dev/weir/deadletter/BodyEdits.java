package dev.weir.deadletter;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.event.Blob;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes to the chat-completions body of a request, wherever in the value that is. Immutable. */
public final class BodyEdits {
    /** Numbers keep their digits: what is not edited must mean the same afterwards. */
    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final List<Edit> edits;

    private record Edit(List<String> path, JsonNode value) {
        Edit {
            path = List.copyOf(path);
        }

        String name() {
            return String.join(".", path);
        }
    }

    /** What became of an edit. */
    public sealed interface Result {
        /**
         * The edited value.
         *
         * @param value the whole value, envelope included
         */
        record Edited(Blob value) implements Result {}

        /**
         * The value cannot be edited.
         *
         * @param why one line without prompt text
         */
        record Refused(String why) implements Result {}
    }

    private BodyEdits(List<Edit> edits) {
        this.edits = List.copyOf(edits);
    }

    /** Changes nothing. */
    public static BodyEdits none() {
        return new BodyEdits(List.of());
    }

    /**
     * Reads edits such as {@code model=grok-4.3} or {@code messages.0.content="Hello"}: a path in the body and its new
     * value, JSON or else a text.
     *
     * @throws IllegalArgumentException if one is no edit, with the cure
     */
    public static BodyEdits parse(List<String> texts) {
        return new BodyEdits(texts.stream().map(BodyEdits::parse).toList());
    }

    private static Edit parse(String text) {
        int equals = text.indexOf('=');
        String path = equals < 0 ? "" : text.substring(0, equals);
        path = path.startsWith("body.") ? path.substring("body.".length()) : path;
        List<String> segments = Arrays.asList(path.split("\\.", -1));
        if (segments.contains("")) {
            throw new IllegalArgumentException(
                    "--set " + text + " is no edit; write a path in the body and a value, such as model=grok-4.3");
        }
        return new Edit(segments, value(text.substring(equals + 1)));
    }

    private static JsonNode value(String text) {
        try {
            JsonNode value = JSON.readTree(text);
            return value == null || value.isMissingNode()
                    ? JSON.getNodeFactory().textNode(text)
                    : value;
        } catch (JsonProcessingException e) {
            return JSON.getNodeFactory().textNode(text);
        }
    }

    /** Whether nothing is changed; values then keep their bytes. */
    public boolean isEmpty() {
        return edits.isEmpty();
    }

    /** Applies the edits to a request's value. */
    public Result apply(Blob value) {
        return apply(value, false);
    }

    /** Applies the edits to the request in the data of a structured CloudEvent. */
    Result applyToData(Blob value) {
        return apply(value, true);
    }

    private Result apply(Blob value, boolean isCloudEvent) {
        if (isEmpty()) {
            return new Result.Edited(value);
        }
        try {
            if (!(JSON.readTree(value.bytes()) instanceof ObjectNode root)) {
                return new Result.Refused("the value is not one JSON object");
            }
            JsonNode request = isCloudEvent ? root.path("data") : root;
            if (!(request instanceof ObjectNode envelope)) {
                return new Result.Refused("the CloudEvent has no data in JSON");
            }
            ObjectNode body = envelope.get("body") instanceof ObjectNode inner ? inner : envelope;
            for (Edit edit : edits) {
                String problem = put(body, edit);
                if (problem != null) {
                    return new Result.Refused(problem);
                }
            }
            return new Result.Edited(Blob.of(JSON.writeValueAsBytes(root)));
        } catch (IOException e) {
            // The parser's message quotes the text, which may be a prompt.
            return new Result.Refused("the value is not JSON that can be edited");
        }
    }

    private static @Nullable String put(ObjectNode body, Edit edit) {
        JsonNode at = body;
        int last = edit.path().size() - 1;
        for (String segment : edit.path().subList(0, last)) {
            at = child(at, segment);
            if (at == null) {
                return "the body has no place for " + edit.name();
            }
        }
        String name = edit.path().get(last);
        if (at instanceof ObjectNode object) {
            object.set(name, edit.value().deepCopy());
            return null;
        }
        if (at instanceof ArrayNode array && has(array, name)) {
            array.set(Integer.parseInt(name), edit.value().deepCopy());
            return null;
        }
        return "the body has no place for " + edit.name();
    }

    /** The child, made if the object has none of the name; null where there can be none. */
    private static @Nullable JsonNode child(JsonNode parent, String segment) {
        if (parent instanceof ObjectNode object) {
            return object.hasNonNull(segment) ? object.get(segment) : object.putObject(segment);
        }
        return parent instanceof ArrayNode array && has(array, segment) ? array.get(Integer.parseInt(segment)) : null;
    }

    private static boolean has(ArrayNode array, String segment) {
        return segment.matches("[0-9]{1,9}") && Integer.parseInt(segment) < array.size();
    }
}
