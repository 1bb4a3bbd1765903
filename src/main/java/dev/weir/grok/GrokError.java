package dev.weir.grok;

import dev.weir.event.Reason;
import dev.weir.event.StopClass;
import org.jspecify.annotations.Nullable;

/**
 * Why Grok did not answer.
 *
 * @param stopClass throttled, transient, fatal or halted
 * @param reason the reason
 * @param message Grok's words, shortened and without key material, or what happened to the connection
 * @param httpStatus the status, or null when there was none
 * @param code Grok's own error code as written, or null
 * @param nothingSent whether it is certain that the server never saw the request, so that nothing can have been billed
 */
public record GrokError(
        StopClass stopClass,
        Reason reason,
        String message,
        @Nullable Integer httpStatus,
        @Nullable String code,
        boolean nothingSent) {
    /** From this status on an answer says that nothing was generated. */
    private static final int FIRST_REFUSAL = 300;

    /** Whether Grok may have done, and billed, what it gave no usable answer to. */
    public boolean mayHaveWorked() {
        return !nothingSent && (httpStatus == null || httpStatus < FIRST_REFUSAL);
    }
}
