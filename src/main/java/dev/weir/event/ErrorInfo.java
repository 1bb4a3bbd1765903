package dev.weir.event;

import org.jspecify.annotations.Nullable;

/**
 * The error of a response event.
 *
 * @param stopClass its class
 * @param reason its reason, which also tells the owner
 * @param message for people; no prompt text, no key material
 * @param httpStatus Grok's status, or null when there was no answer
 * @param code Grok's error code, or null
 */
public record ErrorInfo(
        StopClass stopClass,
        Reason reason,
        String message,
        @Nullable Integer httpStatus,
        @Nullable String code) {}
