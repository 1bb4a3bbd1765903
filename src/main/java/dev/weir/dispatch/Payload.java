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
    /** A batch of one record: 61 bytes, the record's own 21, and five for each of three lengths, rounded up. */
    private static final long FRAMING_BYTES = 100;

    /** Stands for the payload of a request that does not have it. */
    static final Payload NONE = new Payload(null, Blob.EMPTY, List.of());

    /** Copies the list. */
    Payload {
        headers = List.copyOf(headers);
    }

    /** Bytes of key, value and headers, with the framing that Kafka adds, rounded up. */
    static long size(@Nullable Blob key, @Nullable Blob value, List<EventHeader> headers) {
        long size = FRAMING_BYTES + (key == null ? 0 : key.size()) + (value == null ? 0 : value.size());
        for (EventHeader header : headers) {
            size += 10L
                    + 3L * header.name().length()
                    + (header.value() == null ? 0 : header.value().size());
        }
        return size;
    }
}
