package dev.weir.grok;

/**
 * A call that ended without a complete answer.
 *
 * @param kind what broke
 * @param message what happened, for people; cleaned before it is shown
 * @param nothingSent whether it is certain that the server never saw the request
 */
record CallFailure(Kind kind, String message, boolean nothingSent) {
    /** What broke. */
    enum Kind {
        /** No connection was made: refused, unreachable, unknown host, TLS. */
        CONNECT,
        /** Time ran out. */
        TIMEOUT,
        /** The connection broke, before or within the answer. */
        LOST,
        /** The answer is larger than allowed. */
        TOO_LARGE,
        /** The answer breaks the protocol or its compression. */
        UNREADABLE
    }
}
