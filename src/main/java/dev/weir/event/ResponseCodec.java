package dev.weir.event;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Response events as JSON. Absent values are written as null, {@code duplicate} only when true, Grok's body byte for
 * byte; the same response always gives the same bytes.
 */
public final class ResponseCodec {
    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter().withZone(ZoneOffset.UTC);
    private static final int BYTES_BESIDE_THE_ANSWER = 1024;

    private ResponseCodec() {}

    /** The event's JSON in UTF-8. Times lose what is below a millisecond. */
    public static byte[] write(GrokResponse response) {
        Blob answer = response.response();
        ByteArrayOutputStream out =
                new ByteArrayOutputStream(BYTES_BESIDE_THE_ANSWER + (answer == null ? 0 : 2 * answer.size()));
        try (JsonGenerator json = EventJson.STRICT.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("id", response.id());
            json.writeStringField("status", response.status().wireName());
            json.writeStringField("model", response.model());
            json.writeStringField("content", response.content());
            writeVerbatim(json, out, answer);
            writeUsage(json, response.usage());
            writeError(json, response.error());
            writeCourse(json, response);
            writeRequest(json, response);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return out.toByteArray();
    }

    /**
     * The response that the bytes hold; fields it does not know are ignored.
     *
     * @throws IllegalArgumentException names the field that is missing or wrong
     */
    public static GrokResponse read(byte[] json) {
        return new ResponseParser(json).read();
    }

    /** The bytes go past the generator, which would decode them and write them anew. */
    private static void writeVerbatim(JsonGenerator json, ByteArrayOutputStream out, @Nullable Blob answer)
            throws IOException {
        json.writeFieldName("response");
        if (answer == null) {
            json.writeNull();
            return;
        }
        json.writeRawValue("");
        json.flush();
        out.write(answer.bytes());
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
        json.writeFieldName("costUsd");
        if (usage.costUsd() == null) {
            json.writeNull();
        } else {
            json.writeNumber(usage.costUsd().toPlainString());
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
        if (error.httpStatus() == null) {
            json.writeNullField("httpStatus");
        } else {
            json.writeNumberField("httpStatus", error.httpStatus());
        }
        json.writeStringField("code", error.code());
        json.writeEndObject();
    }

    private static void writeCourse(JsonGenerator json, GrokResponse response) throws IOException {
        json.writeNumberField("attempts", response.attempts());
        json.writeBooleanField("possiblyRepeated", response.possiblyRepeated());
        if (response.duplicate()) {
            json.writeBooleanField("duplicate", true);
        }
        Timing timing = response.timing();
        json.writeObjectFieldStart("timing");
        json.writeStringField("receivedAt", millis(timing.receivedAt()));
        json.writeStringField("completedAt", millis(timing.completedAt()));
        json.writeNumberField("queueMillis", timing.queueMillis());
        json.writeNumberField("retryMillis", timing.retryMillis());
        json.writeNumberField("providerMillis", timing.providerMillis());
        json.writeNumberField("overheadMillis", timing.overheadMillis());
        json.writeEndObject();
    }

    private static void writeRequest(JsonGenerator json, GrokResponse response) throws IOException {
        json.writeStringField("priority", response.priority().wireName());
        json.writeStringField("tenant", response.tenant());
        json.writeStringField("conversation", response.conversation());
        json.writeObjectFieldStart("metadata");
        for (Map.Entry<String, String> entry : new TreeMap<>(response.metadata()).entrySet()) {
            json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
        SourceCoordinates source = response.source();
        json.writeObjectFieldStart("source");
        json.writeStringField("topic", source.topic());
        json.writeNumberField("partition", source.partition());
        json.writeNumberField("offset", source.offset());
        json.writeEndObject();
    }

    private static String millis(Instant instant) {
        return MILLIS.format(instant);
    }
}
