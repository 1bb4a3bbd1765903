package dev.weir.avro;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes one JSON object from typed fields and from texts that hold JSON themselves. Absent values are not written;
 * numbers inside texts keep their digits.
 */
final class ObjectWriter {
    private static final JsonFactory JSON = new JsonFactory();

    private final JsonGenerator json;
    private final String path;
    private final Set<String> written = new HashSet<>();

    /**
     * A writer behind the object's opening brace.
     *
     * @param path names the Avro record in messages, such as {@code messages[0].}, empty for the outermost
     */
    ObjectWriter(JsonGenerator json, String path) {
        this.json = json;
        this.path = path;
    }

    void text(String name, @Nullable String value) throws IOException {
        if (value != null) {
            name(name);
            json.writeString(value);
        }
    }

    void yesNo(String name, @Nullable Boolean value) throws IOException {
        if (value != null) {
            name(name);
            json.writeBoolean(value);
        }
    }

    void integer(String name, @Nullable Number value) throws IOException {
        if (value != null) {
            name(name);
            json.writeNumber(value.longValue());
        }
    }

    void number(String name, @Nullable Double value) throws IOException, NotARequest {
        if (value == null) {
            return;
        }
        if (!Double.isFinite(value)) {
            throw new NotARequest(path + name + " is " + value + "; use a finite number");
        }
        name(name);
        json.writeNumber(value);
    }

    /** Starts a field whose value the caller writes. */
    void name(String name) throws IOException {
        written.add(name);
        json.writeFieldName(name);
    }

    boolean has(String name) {
        return written.contains(name);
    }

    /** Writes the one JSON value that the text holds. */
    void verbatim(String name, String field, @Nullable String text) throws IOException, NotARequest {
        if (text != null) {
            name(name);
            value(path + field, text);
        }
    }

    /** Writes the one JSON value that the text holds, under a name that was written or as an array's element. */
    void value(String field, String text) throws IOException, NotARequest {
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() == null) {
                throw new NotARequest(field + " holds no JSON; leave it out");
            }
            copy(parser);
            end(parser, field);
        } catch (JsonProcessingException e) {
            throw notJson(field, e);
        }
    }

    /** Writes the fields of the object that the text holds. */
    void fields(String field, @Nullable String text) throws IOException, NotARequest {
        if (text == null) {
            return;
        }
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new NotARequest(path + field + " holds no JSON object; write {\"name\":value} or leave it out");
            }
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                if (!written.add(name)) {
                    throw new NotARequest(path + field + " repeats " + name + ", which a field says already; drop one");
                }
                json.writeFieldName(name);
                parser.nextToken();
                copy(parser);
            }
            end(parser, path + field);
        } catch (JsonProcessingException e) {
            throw notJson(path + field, e);
        }
    }

    private static void end(JsonParser parser, String field) throws IOException, NotARequest {
        if (parser.nextToken() != null) {
            throw new NotARequest(field + " holds more than one JSON value; write one");
        }
    }

    /** Where it went wrong, but not the text there, which may be a prompt. */
    private static NotARequest notJson(String field, JsonProcessingException e) {
        return new NotARequest(field + " is not JSON at character "
                + (e.getLocation() == null ? 0 : e.getLocation().getCharOffset()) + "; write valid JSON");
    }

    private void copy(JsonParser parser) throws IOException {
        int depth = 0;
        do {
            JsonToken token = parser.currentToken();
            if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            }
            if (token == JsonToken.VALUE_NUMBER_FLOAT || token == JsonToken.VALUE_NUMBER_INT) {
                json.writeNumber(parser.getText());
            } else {
                json.copyCurrentEvent(parser);
            }
        } while (depth > 0 && parser.nextToken() != null);
    }
}
