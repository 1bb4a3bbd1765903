package dev.weir.event;

import com.fasterxml.jackson.core.JsonToken;

/**
 * One value met by a scan.
 *
 * @param token its first token
 * @param text the text of a string or number, else empty
 * @param hasChildren whether it is an array or object with something in it
 */
record JsonValue(JsonToken token, String text, boolean hasChildren) {
    boolean isString() {
        return token == JsonToken.VALUE_STRING;
    }

    boolean isInteger() {
        return token == JsonToken.VALUE_NUMBER_INT;
    }

    boolean isArray() {
        return token == JsonToken.START_ARRAY;
    }

    boolean isObject() {
        return token == JsonToken.START_OBJECT;
    }

    /** What it is, without its content. */
    String kind() {
        return switch (token) {
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            case VALUE_NULL -> "null";
            case START_ARRAY -> hasChildren ? "an array" : "an empty array";
            case START_OBJECT -> "an object";
            default -> token.name();
        };
    }

    /** What it is, with a short content where there is one. */
    String shown() {
        return switch (token) {
            case VALUE_STRING -> Problem.quoted(text);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "the number " + shortened();
            case VALUE_TRUE -> "true";
            case VALUE_FALSE -> "false";
            default -> kind();
        };
    }

    private String shortened() {
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }
}
