package dev.weir.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.control.ControlCommand.Cancel;
import dev.weir.control.ControlCommand.Resume;
import dev.weir.control.ControlFormat.Reading;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Commands as the JSON of {@code schemas/control.schema.json}. Fields that it does not know are ignored. */
public final class ControlCodec {
    /** The longest id or scope, in characters. */
    public static final int LONGEST_NAME = 256;
    /** The longest note, in characters. */
    public static final int LONGEST_NOTE = 500;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ControlCodec() {}

    /** The JSON of a command. */
    public static byte[] write(ControlCommand command) {
        ObjectNode json = JSON.createObjectNode();
        if (command instanceof Cancel cancel) {
            json.put("command", "cancel").put("id", cancel.id());
            if (cancel.note() != null) {
                json.put("note", cancel.note());
            }
        } else if (command instanceof Resume resume) {
            json.put("command", "resume").put("scope", resume.scope());
        }
        try {
            return JSON.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write a command", e);
        }
    }

    /** The command, or why there is none; any input is answered. */
    public static Reading read(byte @Nullable [] value) {
        if (value == null || value.length == 0) {
            return new Reading.Unreadable("the record has no value: publish the command as JSON");
        }
        JsonNode json;
        try {
            json = JSON.readTree(value);
        } catch (IOException e) {
            return new Reading.Unreadable("the value is no valid JSON: publish one object");
        }
        if (!json.isObject()) {
            return new Reading.Unreadable("the value is no JSON object: publish {\"command\": …}");
        }
        return switch (json.path("command").asText()) {
            case "cancel" -> cancel(json);
            case "resume" -> resume(json);
            default ->
                new Reading.Unreadable("command is " + shortened(json.path("command")) + "; write cancel or resume");
        };
    }

    private static Reading cancel(JsonNode json) {
        String problem = nameProblem(json, "id");
        if (problem != null) {
            return new Reading.Unreadable(problem);
        }
        JsonNode note = json.path("note");
        boolean absent = note.isMissingNode() || note.isNull();
        boolean fits = note.isTextual() && note.textValue().length() <= LONGEST_NOTE && isWhole(note.textValue());
        if (!absent && !fits) {
            return new Reading.Unreadable("note is " + shortened(note) + ", expected a text of at most " + LONGEST_NOTE
                    + " characters, all of them whole");
        }
        return new Reading.Understood(new Cancel(json.path("id").textValue(), absent ? null : note.textValue()));
    }

    private static Reading resume(JsonNode json) {
        String problem = nameProblem(json, "scope");
        return problem == null
                ? new Reading.Understood(new Resume(json.path("scope").textValue()))
                : new Reading.Unreadable(problem);
    }

    private static @Nullable String nameProblem(JsonNode json, String field) {
        JsonNode value = json.path(field);
        if (value.isMissingNode()) {
            return field + " is missing";
        }
        String name = value.isTextual() ? value.textValue() : "";
        boolean fits = !name.isEmpty()
                && name.length() <= LONGEST_NAME
                && name.chars().noneMatch(Character::isISOControl)
                && isWhole(name);
        return fits
                ? null
                : field + " is " + shortened(value) + ", expected 1 to " + LONGEST_NAME
                        + " characters without control characters";
    }

    /** Whether no half of a surrogate pair stands alone: JSON can name one, but no message can carry it. */
    private static boolean isWhole(String text) {
        return text.codePoints().noneMatch(each -> Character.getType(each) == Character.SURROGATE);
    }

    private static String shortened(JsonNode value) {
        if (value.isMissingNode()) {
            return "missing";
        }
        String text = value.toString();
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
