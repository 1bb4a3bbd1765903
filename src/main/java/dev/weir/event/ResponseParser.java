package dev.weir.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one response event; the counterpart of what {@link ResponseCodec} writes. */
final class ResponseParser {
    private static final ObjectMapper JSON = JsonMapper.builder(EventJson.STRICT)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final byte[] json;
    private @Nullable Blob answer;

    ResponseParser(byte[] json) {
        this.json = json;
    }

    /** The response, or an {@link IllegalArgumentException} that names the field. */
    GrokResponse read() {
        ResponseNode event = new ResponseNode("", scan());
        return new GrokResponse(
                event.text("id"),
                event.named("status", ResponseStatus.values(), ResponseStatus::wireName),
                event.textOrNull("model"),
                event.textOrNull("content"),
                answer,
                usage(event.objectOrNull("usage")),
                error(event.objectOrNull("error")),
                event.integer("attempts"),
                event.flag("possiblyRepeated"),
                event.has("duplicate") && event.flag("duplicate"),
                timing(event.object("timing")),
                event.named("priority", Priority.values(), Priority::wireName),
                event.textOrNull("tenant"),
                event.textOrNull("conversation"),
                metadata(event.object("metadata")),
                source(event.object("source")));
    }

    /** All fields as a tree except Grok's body, of which only the place is taken. */
    private ObjectNode scan() {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        try (JsonParser parser = JSON.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("a response event is a JSON object, this is none");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken token = parser.nextToken();
                if (name.equals("response") && token != JsonToken.VALUE_NULL) {
                    int start = (int) parser.currentTokenLocation().getByteOffset();
                    parser.skipChildren();
                    parser.finishToken();
                    answer = Blob.of(Arrays.copyOfRange(
                            json, start, (int) parser.currentLocation().getByteOffset()));
                } else {
                    fields.set(name, JSON.<JsonNode>readTree(parser));
                }
            }
            return fields;
        } catch (IOException e) {
            throw new IllegalArgumentException("a response event is a JSON object, this is none", e);
        }
    }

    private static @Nullable Usage usage(@Nullable ResponseNode usage) {
        return usage == null
                ? null
                : new Usage(
                        usage.number("promptTokens"),
                        usage.number("cachedTokens"),
                        usage.number("completionTokens"),
                        usage.number("reasoningTokens"),
                        usage.number("totalTokens"),
                        usage.decimalOrNull("costUsd"));
    }

    private static @Nullable ErrorInfo error(@Nullable ResponseNode error) {
        if (error == null) {
            return null;
        }
        Reason reason = error.named("reason", Reason.values(), Reason::id);
        return new ErrorInfo(
                error.named("class", StopClass.values(), StopClass::wireName),
                reason,
                error.text("message"),
                error.has("httpStatus") ? error.integer("httpStatus") : null,
                error.textOrNull("code"));
    }

    private static Timing timing(ResponseNode timing) {
        return new Timing(
                timing.instant("receivedAt"),
                timing.instant("completedAt"),
                timing.number("queueMillis"),
                timing.number("retryMillis"),
                timing.number("providerMillis"),
                timing.number("overheadMillis"));
    }

    private static Map<String, String> metadata(ResponseNode metadata) {
        Map<String, String> texts = new LinkedHashMap<>();
        metadata.names().forEach(name -> texts.put(name, metadata.text(name)));
        return texts;
    }

    private static SourceCoordinates source(ResponseNode source) {
        return new SourceCoordinates(source.text("topic"), source.integer("partition"), source.number("offset"));
    }
}
