package dev.weir.event;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request event that was understood.
 *
 * @param id the requester's id, or the coordinates
 * @param priority how urgent it is
 * @param tenant for whom, or null
 * @param deadline when a call may start at the latest, or null
 * @param conversation what it belongs to, or null; becomes the prompt-cache key
 * @param metadata texts that the response carries back
 * @param model the model that the body names
 * @param maxCompletionTokens the body's own bound on visible output, or null
 * @param body the chat-completions body, verbatim
 * @param redriveCount how often it was sent again from the dead letters, 0 or more
 * @param issuer who gave out the id, such as a CloudEvent's source, or null; the same id of two is two ids
 */
public record GrokRequest(
        String id,
        Priority priority,
        @Nullable String tenant,
        @Nullable Instant deadline,
        @Nullable String conversation,
        Map<String, String> metadata,
        String model,
        @Nullable Long maxCompletionTokens,
        Blob body,
        int redriveCount,
        @Nullable String issuer) {
    /** Copies the metadata. */
    public GrokRequest {
        metadata = Map.copyOf(metadata);
    }

    GrokRequest issuedBy(String other) {
        return new GrokRequest(
                id,
                priority,
                tenant,
                deadline,
                conversation,
                metadata,
                model,
                maxCompletionTokens,
                body,
                redriveCount,
                other);
    }
}
