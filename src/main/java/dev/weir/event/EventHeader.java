package dev.weir.event;

import org.jspecify.annotations.Nullable;

/**
 * One record header. Kafka allows repeated names and null values.
 *
 * @param name the header's name
 * @param value its bytes, or null
 */
public record EventHeader(String name, @Nullable Blob value) {
    /** A header with a text value in UTF-8. */
    public static EventHeader text(String name, String value) {
        return new EventHeader(name, Blob.utf8(value));
    }
}
