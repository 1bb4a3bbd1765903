package dev.weir.verify;

import org.jspecify.annotations.Nullable;

/** The verifier could not read what it has to; the message is one line with the cure. */
public final class VerifyFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    VerifyFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
