package dev.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The requests to publish: the lines of a stream, verbatim and without the blank ones. One thread. */
final class RequestInput implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonFactory TOKENS = JSON.getFactory();

    private final InputStream in;

    RequestInput(InputStream in) {
        this.in = new BufferedInputStream(in, 1 << 16);
    }

    /** One request that asks the model the prompt. */
    static RequestInput prompt(String prompt, String model) {
        ObjectNode body = JSON.createObjectNode().put("model", model);
        body.putArray("messages").addObject().put("role", "user").put("content", prompt);
        return new RequestInput(new ByteArrayInputStream(body.toString().getBytes(UTF_8)));
    }

    /** The next line without its end, or null at the end of the stream. */
    byte @Nullable [] next() throws IOException {
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
