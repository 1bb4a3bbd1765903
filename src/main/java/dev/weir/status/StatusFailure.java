package dev.weir.status;

/** The status cannot be read; the message names the cure. */
public final class StatusFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StatusFailure(String message) {
        super(message);
    }
}
