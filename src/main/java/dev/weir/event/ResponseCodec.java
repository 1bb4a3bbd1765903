package dev.weir.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Response events as JSON. Grok's own body goes in as it came. Threading: any. */
public final class ResponseCodec {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(com.fasterxml.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final JsonFactory FACTORY = JSON.getFactory();

    private ResponseCodec() {}

    /** The event's bytes. */
    public static byte[] write(GrokResponse response) {
        Blob body = response.response();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512 + (body == null ? 0 : 2 * body.size()));
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            json.enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);
            json.writeStartObject();
            json.writeStringField("id", response.id());
            json.writeStringField("status", response.status().wireName());
            text(json, "model", response.model());
            text(json, "content", response.content());
            writeBody(json, body);
            writeUsage(json, response.usage());
            writeError(json, response.error());
            json.writeNumberField("attempts", response.attempts());
            json.writeBooleanField("possiblyRepeated", response.possiblyRepeated());
            if (response.duplicate()) {
                json.writeBooleanField("duplicate", true);
            }
            writeTiming(json, response.timing());
            writeRequest(json, response);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void writeBody(JsonGenerator json, @Nullable Blob body) throws IOException {
        json.writeFieldName("response");
        if (body == null) {
            json.writeNull();
        } else {
            json.writeRawValue(new String(body.bytes(), UTF_8));
        }
    }

    private static void writeUsage(JsonGenerator json, @Nullable Usage usage) throws IOException {
        if (usage == null) {
            json.writeNullField("usage");
            return;
        }
        json.writeObjectFieldStart("usage");
        json.writeNumberField("promptTokens", usage.promptTokens());
        json.writeNumberField("cachedTokens", usage.cachedTokens());
        json.writeNumberField("completionTokens", usage.completionTokens());
        json.writeNumberField("reasoningTokens", usage.reasoningTokens());
        json.writeNumberField("totalTokens", usage.totalTokens());
        BigDecimal cost = usage.costUsd();
        if (cost == null) {
            json.writeNullField("costUsd");
        } else {
            json.writeNumberField("costUsd", cost);
        }
        json.writeEndObject();
    }

    private static void writeError(JsonGenerator json, @Nullable ErrorInfo error) throws IOException {
        if (error == null) {
            json.writeNullField("error");
            return;
        }
        json.writeObjectFieldStart("error");
        json.writeStringField("class", error.stopClass().wireName());
        json.writeStringField("reason", error.reason().id());
        json.writeStringField("owner", error.reason().owner().wireName());
        json.writeStringField("message", error.message());
        Integer status = error.httpStatus();
        if (status == null) {
            json.writeNullField("httpStatus");
        } else {
            json.writeNumberField("httpStatus", status.intValue());
        }
        text(json, "code", error.code());
        json.writeEndObject();
    }

    private static void writeTiming(JsonGenerator json, Timing timing) throws IOException {
        json.writeObjectFieldStart("timing");
        json.writeStringField("receivedAt", instant(timing.receivedAt()));
        json.writeStringField("completedAt", instant(timing.completedAt()));
        json.writeNumberField("queueMillis", timing.queueMillis());
        json.writeNumberField("retryMillis", timing.retryMillis());
        json.writeNumberField("providerMillis", timing.providerMillis());
        json.writeNumberField("overheadMillis", timing.overheadMillis());
        json.writeEndObject();
    }

    private static void writeRequest(JsonGenerator json, GrokResponse response) throws IOException {
        json.writeStringField("priority", response.priority().wireName());
        text(json, "tenant", response.tenant());
        text(json, "conversation", response.conversation());
        json.writeObjectFieldStart("metadata");
        for (Map.Entry<String, String> entry : response.metadata().entrySet()) {
            json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
        json.writeObjectFieldStart("source");
        json.writeStringField("topic", response.source().topic());
        json.writeNumberField("partition", response.source().partition());
        json.writeNumberField("offset", response.source().offset());
        json.writeEndObject();
    }

    private static void text(JsonGenerator json, String name, @Nullable String value) throws IOException {
        if (value == null) {
            json.writeNullField(name);
        } else {
            json.writeStringField(name, value);
        }
    }

    private static String instant(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    /** Reads an event; anything that is none is an IllegalArgumentException that names the field. */
    public static GrokResponse read(byte[] bytes) {
        JsonNode json;
        try {
            json = JSON.readTree(bytes);
        } catch (IOException e) {
            throw new IllegalArgumentException("a response event is not JSON", e);
        }
        if (json == null || !json.isObject()) {
            throw new IllegalArgumentException("a response event is no JSON object");
        }
        JsonNode response = json.get("response");
        return new GrokResponse(
                required(json, "id").asText(),
                named(json, "status", ResponseStatus.values(), ResponseStatus::wireName),
                textOrNull(json, "model"),
                textOrNull(json, "content"),
                isAbsent(response) ? null : Blob.utf8(response.toString()),
                isAbsent(json.get("usage")) ? null : usage(json.get("usage")),
                isAbsent(json.get("error")) ? null : error(json.get("error")),
                required(json, "attempts").asInt(),
                required(json, "possiblyRepeated").asBoolean(),
                json.path("duplicate").asBoolean(),
                timing(required(json, "timing")),
                named(json, "priority", Priority.values(), Priority::wireName),
                textOrNull(json, "tenant"),
                textOrNull(json, "conversation"),
                metadata(json.path("metadata")),
                source(required(json, "source")));
    }

    private static Usage usage(JsonNode json) {
        return new Usage(
                required(json, "promptTokens").asLong(),
                required(json, "cachedTokens").asLong(),
                required(json, "completionTokens").asLong(),
                required(json, "reasoningTokens").asLong(),
                required(json, "totalTokens").asLong(),
                isAbsent(json.get("costUsd")) ? null : json.get("costUsd").decimalValue());
    }

    private static ErrorInfo error(JsonNode json) {
        return new ErrorInfo(
                named(json, "class", StopClass.values(), StopClass::wireName),
                named(json, "reason", Reason.values(), Reason::id),
                required(json, "message").asText(),
                isAbsent(json.get("httpStatus"))
                        ? null
                        : Integer.valueOf(json.get("httpStatus").asInt()),
                textOrNull(json, "code"));
    }

    private static Timing timing(JsonNode json) {
        return new Timing(
                Instant.parse(required(json, "receivedAt").asText()),
                Instant.parse(required(json, "completedAt").asText()),
                required(json, "queueMillis").asLong(),
                required(json, "retryMillis").asLong(),
                required(json, "providerMillis").asLong(),
                required(json, "overheadMillis").asLong());
    }

    private static SourceCoordinates source(JsonNode json) {
        return new SourceCoordinates(
                required(json, "topic").asText(),
                required(json, "partition").asInt(),
                required(json, "offset").asLong());
    }

    private static Map<String, String> metadata(JsonNode json) {
        Map<String, String> all = new LinkedHashMap<>();
        json.properties()
                .forEach(entry -> all.put(entry.getKey(), entry.getValue().asText()));
        return all;
    }

    private static <T> T named(JsonNode json, String field, T[] values, Function<T, String> wireName) {
        String text = required(json, field).asText();
        return Arrays.stream(values)
                .filter(value -> wireName.apply(value).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(field + " of a response event is '" + text + "'"));
    }

    private static @Nullable String textOrNull(JsonNode json, String field) {
        JsonNode value = json.get(field);
        return isAbsent(value) ? null : value.asText();
    }

    private static JsonNode required(JsonNode json, String field) {
        JsonNode value = json.get(field);
        if (value == null || value.isNull()) {
            throw new IllegalArgumentException("a response event has no " + field);
        }
        return value;
    }

    private static boolean isAbsent(@Nullable JsonNode value) {
        return value == null || value.isNull();
    }
}
