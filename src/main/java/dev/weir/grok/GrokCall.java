package dev.weir.grok;

import dev.weir.event.Blob;
import org.jspecify.annotations.Nullable;

/**
 * One call to Grok's chat completions.
 *
 * @param clientRequestId {@code <topic-partition-offset>/<try>}, sent as {@code x-client-request-id}
 * @param model the model that the body names
 * @param conversation becomes the prompt-cache key when the body has none, or null
 * @param body the chat-completions body, verbatim from the request event
 */
public record GrokCall(
        String clientRequestId, String model, @Nullable String conversation, Blob body) {}
