package dev.weir.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One streaming pass over a structured CloudEvent: its attributes, and its data verbatim. */
final class CloudEventScan {
    private final Blob value;
    private final Map<String, String> attributes = new HashMap<>();
    private @Nullable Problem problem;
    private @Nullable Blob json;
    private @Nullable Blob bytes;

    private CloudEventScan(Blob value) {
        this.value = value;
    }

    /** Scans the value, which may be anything. */
    static CloudEventScan of(Blob value) {
        CloudEventScan scan = new CloudEventScan(value);
        scan.run();
        return scan;
    }

    /** Why the value is no structured event, or null. */
    @Nullable
    Problem problem() {
        return problem;
    }

    /** What was found before the first problem. */
    Map<String, String> attributes() {
        return attributes;
    }

    @Nullable
    Blob data() {
        return json == null ? bytes : json;
    }

    CloudEvent.Form form() {
        boolean isJson = json != null || isJson(attributes.getOrDefault("datacontenttype", "application/json"));
        return isJson ? CloudEvent.Form.STRUCTURED_JSON : CloudEvent.Form.STRUCTURED;
    }

    private static boolean isJson(String contentType) {
        String type = contentType.split(";", 2)[0].strip();
        return type.endsWith("/json") || type.endsWith("+json");
    }

    private void run() {
        try (JsonParser parser = EventJson.STRICT.createParser(value.bytes())) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    readMember(parser, parser.currentName());
                }
            }
        } catch (IOException | RuntimeException e) {
            problem = Problem.json("is not valid JSON");
        }
        Problem broken = EventScan.of(value).jsonProblem();
        if (broken != null) {
            problem = broken;
        } else if (json != null && bytes != null) {
            note(Problem.invalid("data_base64", "given beside data", "keep one of them"));
        }
    }

    private void readMember(JsonParser parser, String name) throws IOException {
        JsonToken token = parser.nextToken();
        if (token == JsonToken.VALUE_NULL) {
            return;
        }
        if (name.equals("data")) {
            readData(parser, token);
        } else if (name.equals("data_base64")) {
            readBase64(parser, token);
        } else if (CloudEvent.isAttribute(name)) {
            readAttribute(parser, name, token);
        } else {
            parser.skipChildren();
        }
    }

    private void readData(JsonParser parser, JsonToken token) throws IOException {
        if (token != JsonToken.START_OBJECT) {
            note(Problem.invalid("data", kind(token), "put the request there as a JSON object"));
            parser.skipChildren();
            return;
        }
        int start = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        json = Blob.of(Arrays.copyOfRange(
                value.bytes(), start, (int) parser.currentLocation().getByteOffset()));
    }

    private void readBase64(JsonParser parser, JsonToken token) throws IOException {
        try {
            if (token == JsonToken.VALUE_STRING) {
                bytes = Blob.of(Base64.getDecoder().decode(parser.getText()));
                return;
            }
        } catch (IllegalArgumentException e) {
            // Falls through to the problem: the decoder's message would quote the data.
        }
        note(Problem.invalid(
                "data_base64",
                token == JsonToken.VALUE_STRING ? "no base64" : kind(token),
                "encode the bytes in base64"));
        parser.skipChildren();
    }

    private void readAttribute(JsonParser parser, String name, JsonToken token) throws IOException {
        if (token.isScalarValue()) {
            attributes.put(name, parser.getText());
        } else {
            note(Problem.invalid(Problem.quoted(name), kind(token), "write it as a string"));
            parser.skipChildren();
        }
    }

    private static String kind(JsonToken token) {
        return new JsonValue(token, "", true).kind();
    }

    private void note(Problem found) {
        if (problem == null) {
            problem = found;
        }
    }
}
