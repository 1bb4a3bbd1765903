package dev.weir.topic;

/** The topics could not be looked at or created, explained in one line with the cure. */
public final class TopicFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TopicFailure(String line, Throwable cause) {
        super(line, cause);
    }

    TopicFailure(String line) {
        super(line);
    }
}
