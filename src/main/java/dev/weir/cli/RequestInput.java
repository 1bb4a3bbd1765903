package dev.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The requests to publish, verbatim: the lines of a stream without the blank ones, or a single one. One thread. */
final class RequestInput implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectReader DOCUMENT = JSON.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final JsonFactory TOKENS = JSON.getFactory();

    private final InputStream in;
    private final boolean single;

    RequestInput(InputStream in) {
        this(in, false);
    }

    private RequestInput(InputStream in, boolean single) {
        this.in = new BufferedInputStream(in, 1 << 16);
        this.single = single;
    }

    /**
     * The text itself if it is a request: one JSON object with messages or a body; else it is a prompt for the model.
     */
    static RequestInput argument(String text, String model) {
        return isRequest(text) ? single(text) : prompt(text, model);
    }

    /** One request that asks the model the prompt. */
    static RequestInput prompt(String prompt, String model) {
        ObjectNode body = JSON.createObjectNode().put("model", model);
        body.putArray("messages").addObject().put("role", "user").put("content", prompt);
        return single(body.toString());
    }

    /** The next request, a line without its end, or null after the last one. */
    byte @Nullable [] next() throws IOException {
        if (single) {
            byte[] all = in.readAllBytes();
            return all.length == 0 ? null : all;
        }
        while (true) {
            byte[] line = line();
            if (line == null || !isBlank(line)) {
                return line;
            }
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** The id that the request brings in its top level ({@code id}, or {@code custom_id} of a batch line), or null. */
    static @Nullable String idOf(byte[] request) {
        String customId = null;
        try (JsonParser parser = TOKENS.createParser(request)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                boolean text = parser.nextToken() == JsonToken.VALUE_STRING;
                if (text && field.equals("id")) {
                    return parser.getText();
                }
                if (text && field.equals("custom_id")) {
                    customId = parser.getText();
                }
                parser.skipChildren();
            }
        } catch (IOException e) {
            // Published as it is; the gateway answers why it is no request.
        }
        return customId;
    }

    private static RequestInput single(String request) {
        return new RequestInput(new ByteArrayInputStream(request.getBytes(UTF_8)), true);
    }

    private static boolean isRequest(String text) {
        try {
            JsonNode document = DOCUMENT.readTree(text);
            return document.isObject() && (document.has("messages") || document.has("body"));
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private byte @Nullable [] line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = in.read();
        if (next < 0) {
            return null;
        }
        while (next >= 0 && next != '\n') {
            line.write(next);
            next = in.read();
        }
        byte[] bytes = line.toByteArray();
        return bytes.length > 0 && bytes[bytes.length - 1] == '\r' ? Arrays.copyOf(bytes, bytes.length - 1) : bytes;
    }

    private static boolean isBlank(byte[] line) {
        for (byte b : line) {
            if (b != ' ' && b != '\t') {
                return false;
            }
        }
        return true;
    }
}
