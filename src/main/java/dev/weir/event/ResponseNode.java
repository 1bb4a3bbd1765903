package dev.weir.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An object within a response event, whose getters refuse a missing or wrong field by its path.
 *
 * @param path where it is, empty for the event itself, else ending in a dot
 * @param node the object
 */
record ResponseNode(String path, JsonNode node) {
    /** Whether the field is there and not null. */
    boolean has(String name) {
        return node.hasNonNull(name);
    }

    List<String> names() {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    String text(String name) {
        JsonNode field = required(name);
        if (!field.isTextual()) {
            throw wrong(name, "a string");
        }
        return field.textValue();
    }

    @Nullable
    String textOrNull(String name) {
        return has(name) ? text(name) : null;
    }

    long number(String name) {
        JsonNode field = required(name);
        if (!field.isIntegralNumber() || !field.canConvertToLong()) {
            throw wrong(name, "a whole number");
        }
        return field.longValue();
    }

    int integer(String name) {
        long number = number(name);
        if (number != (int) number) {
            throw wrong(name, "a whole number of at most 32 bits");
        }
        return (int) number;
    }

    @Nullable
    BigDecimal decimalOrNull(String name) {
        if (!has(name)) {
            return null;
        }
        if (!required(name).isNumber()) {
            throw wrong(name, "a number");
        }
        return required(name).decimalValue();
    }

    boolean flag(String name) {
        JsonNode field = required(name);
        if (!field.isBoolean()) {
            throw wrong(name, "true or false");
        }
        return field.booleanValue();
    }

    Instant instant(String name) {
        try {
            return Instant.parse(text(name));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(path + name + " must be an ISO-8601 instant", e);
        }
    }

    ResponseNode object(String name) {
        JsonNode field = required(name);
        if (!field.isObject()) {
            throw wrong(name, "an object");
        }
        return new ResponseNode(path + name + ".", field);
    }

    @Nullable
    ResponseNode objectOrNull(String name) {
        return has(name) ? object(name) : null;
    }

    /** The one of the values whose wire name the field holds. */
    <T> T named(String name, T[] values, Function<T, String> wireName) {
        String text = text(name);
        for (T value : values) {
            if (wireName.apply(value).equals(text)) {
                return value;
            }
        }
        throw new IllegalArgumentException(
                path + name + " is " + Problem.quoted(text) + ", which is none of its values");
    }

    private JsonNode required(String name) {
        JsonNode field = node.get(name);
        if (field == null || field.isNull()) {
            throw new IllegalArgumentException(path + name + " is missing");
        }
        return field;
    }

    private IllegalArgumentException wrong(String name, String expected) {
        return new IllegalArgumentException(path + name + " must be " + expected);
    }
}
