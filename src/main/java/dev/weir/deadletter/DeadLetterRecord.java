package dev.weir.deadletter;

import dev.weir.event.Blob;
import dev.weir.event.EventHeader;
import dev.weir.event.RequestFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One record of the dead-letter topic.
 *
 * @param at where it stands
 * @param timestampMillis its timestamp: when the request died, epoch milliseconds
 * @param key the request's key, or null
 * @param value the request's bytes, or null if they were none or too many
 * @param headers the request's own, then those of the letter
 * @param facts what the letter says of itself; empty for a stray that Weir did not write
 */
public record DeadLetterRecord(
        LetterCoordinates at,
        long timestampMillis,
        @Nullable Blob key,
        @Nullable Blob value,
        List<EventHeader> headers,
        Optional<LetterFacts> facts) {
    /** Copies the headers. */
    public DeadLetterRecord {
        headers = List.copyOf(headers);
    }

    /** Reads a record, which may be anything; the format tells what its value means. */
    public static DeadLetterRecord read(
            LetterCoordinates at,
            long timestampMillis,
            @Nullable Blob key,
            @Nullable Blob value,
            List<EventHeader> headers,
            RequestFormat format) {
        return new DeadLetterRecord(
                at, timestampMillis, key, value, headers, LetterFacts.read(headers, value, timestampMillis, format));
    }
}
