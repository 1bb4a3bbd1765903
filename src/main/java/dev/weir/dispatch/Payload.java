package dev.weir.dispatch;

import dev.weir.event.Blob;
import dev.weir.event.EventHeader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The request record, verbatim.
 *
 * @param key its key, or null
 * @param value its value
 * @param headers its headers
 */
record Payload(@Nullable Blob key, Blob value, List<EventHeader> headers) {
    /** Stands for the payload of a request that does not have it. */
    static final Payload NONE = new Payload(null, Blob.EMPTY, List.of());

    /** Copies the list. */
    Payload {
        headers = List.copyOf(headers);
    }

    /** Bytes of key, value and headers, with the framing that Kafka adds, rounded up. */
    static long size(@Nullable Blob key, @Nullable Blob value, List<EventHeader> headers) {
        long size = 64L + (key == null ? 0 : key.size()) + (value == null ? 0 : value.size());
        for (EventHeader header : headers) {
            size += 10L
                    + 3L * header.name().length()
                    + (header.value() == null ? 0 : header.value().size());
        }
        return size;
    }
}
