package dev.weir.deadletter;

import dev.weir.event.Blob;
import dev.weir.event.EventHeader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The request that a dead letter is about, as it was published.
 *
 * @param key its key, or null
 * @param value its bytes, or null
 * @param headers its own headers
 */
record OriginalRequest(@Nullable Blob key, @Nullable Blob value, List<EventHeader> headers) {
    /** Copies the headers. */
    OriginalRequest {
        headers = List.copyOf(headers);
    }
}
