package dev.weir.deadletter;

/** Dead letters could not be read or sent again; the message is one line with the cure. */
public final class DeadLetterFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DeadLetterFailure(String message) {
        super(message);
    }

    DeadLetterFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
