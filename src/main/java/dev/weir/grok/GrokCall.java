package dev.weir.grok;

import dev.weir.event.Blob;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One call to Grok's chat completions.
 *
 * @param clientRequestId {@code <topic-partition-offset>/<try>}, sent as {@code x-client-request-id}
 * @param model the model that the body names
 * @param conversation becomes the prompt-cache key when the body has none, or null
 * @param body the chat-completions body, verbatim from the request event
 * @param timeout after which it ends, at least a millisecond; null or longer than the client's own: that one holds
 */
public record GrokCall(
        String clientRequestId,
        String model,
        @Nullable String conversation,
        Blob body,
        @Nullable Duration timeout) {
    /** A call that may take as long as the client allows. */
    public GrokCall(String clientRequestId, String model, @Nullable String conversation, Blob body) {
        this(clientRequestId, model, conversation, body, null);
    }
}
