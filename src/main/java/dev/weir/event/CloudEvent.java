package dev.weir.event;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A valid CloudEvent 1.0 that asks something.
 *
 * @param attributes its context attributes by name, extensions included
 * @param data the event's data, or null when it has none
 * @param form how it came
 */
record CloudEvent(Map<String, String> attributes, @Nullable Blob data, Form form) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+");

    static final String SPEC_VERSION = "specversion";
    static final String ID = "id";
    static final String SOURCE = "source";
    static final String TYPE = "type";
    static final String SUBJECT = "subject";
    static final String TIME = "time";

    /** How an event stands in a record. */
    enum Form {
        /** Attributes in headers, the data is the value. */
        BINARY,
        /** All in one JSON object, the data in its own format. */
        STRUCTURED,
        /** All in one JSON object, the data a JSON value in it. */
        STRUCTURED_JSON
    }

    /** Whether an attribute may have that name; others have no meaning. */
    static boolean isAttribute(String name) {
        return NAME.matcher(name).matches();
    }

    /** Copies the attributes, sorted. */
    CloudEvent {
        attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
    }

    String id() {
        return required(ID);
    }

    String source() {
        return required(SOURCE);
    }

    String type() {
        return required(TYPE);
    }

    private String required(String name) {
        String value = attributes.get(name);
        if (value == null) {
            throw new IllegalStateException("a CloudEvent without " + name + " was taken for valid");
        }
        return value;
    }
}
