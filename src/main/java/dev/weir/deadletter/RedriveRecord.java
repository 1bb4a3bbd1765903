package dev.weir.deadletter;

import dev.weir.event.Blob;
import dev.weir.event.EventHeader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request to be published again.
 *
 * @param partition that of the first request: ids are remembered there
 * @param key the request's key, or null
 * @param value its bytes, edited if that is asked for
 * @param headers its own and those of the redrive
 */
public record RedriveRecord(int partition, @Nullable Blob key, Blob value, List<EventHeader> headers) {
    /** Copies the headers. */
    public RedriveRecord {
        headers = List.copyOf(headers);
    }

    /** Bytes of key, value and headers. */
    public long size() {
        long size = value.size() + (key == null ? 0L : key.size());
        for (EventHeader header : headers) {
            Blob text = header.value();
            size += header.name().length() + (text == null ? 0L : text.size());
        }
        return size;
    }
}
