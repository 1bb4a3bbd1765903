package dev.weir.ops;

import org.jspecify.annotations.Nullable;

/** The operations port cannot be opened; the message is one line with the cure. */
public final class OpsFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OpsFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
