package dev.weir.event;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A response event: the one terminal outcome of a request record.
 *
 * @param id the request's id
 * @param status how it ended
 * @param model the model that answered (or was asked, when none answered), null if unknown
 * @param content the text of the first choice, or null
 * @param response Grok's body, verbatim JSON, or null
 * @param usage what the last call used, as far as Grok said it, or null
 * @param error why there is no answer, null exactly when succeeded
 * @param attempts how many attempts were charged
 * @param possiblyRepeated whether a call for it may have been made and paid twice
 * @param duplicate whether it repeats the outcome of an earlier record with the same id
 * @param timing where the time went
 * @param priority its priority
 * @param tenant its tenant, or null
 * @param conversation its conversation, or null
 * @param metadata its metadata
 * @param source the request record
 */
public record GrokResponse(
        String id,
        ResponseStatus status,
        @Nullable String model,
        @Nullable String content,
        @Nullable Blob response,
        @Nullable Usage usage,
        @Nullable ErrorInfo error,
        int attempts,
        boolean possiblyRepeated,
        boolean duplicate,
        Timing timing,
        Priority priority,
        @Nullable String tenant,
        @Nullable String conversation,
        Map<String, String> metadata,
        SourceCoordinates source) {
    /** Copies the metadata; refuses a status that contradicts the error. */
    public GrokResponse {
        metadata = Map.copyOf(metadata);
        if ((status == ResponseStatus.SUCCEEDED) != (error == null)) {
            throw new IllegalArgumentException("status " + status.wireName() + " contradicts error " + error);
        }
    }
}
