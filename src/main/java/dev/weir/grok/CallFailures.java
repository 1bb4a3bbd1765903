package dev.weir.grok;

import com.linecorp.armeria.client.InvalidResponseException;
import com.linecorp.armeria.client.ResponseTimeoutException;
import com.linecorp.armeria.client.UnprocessedRequestException;
import com.linecorp.armeria.common.ClosedSessionException;
import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.ProtocolViolationException;
import com.linecorp.armeria.common.stream.AbortedStreamException;
import dev.weir.grok.CallFailure.Kind;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.http2.Http2Exception;

/** Translates the HTTP client's exceptions. */
final class CallFailures {
    private CallFailures() {}

    /** What the exception means; {@code written} tells whether any byte of the request went out. */
    static CallFailure of(Throwable failure, boolean written) {
        boolean unprocessed = failure instanceof UnprocessedRequestException;
        Throwable cause = unprocessed && failure.getCause() != null ? failure.getCause() : failure;
        Kind kind = kind(cause, unprocessed && !written);
        return new CallFailure(kind, message(kind, cause), unprocessed || !written);
    }

    /** The answer passed its bound. */
    static CallFailure tooLarge(long maxBytes) {
        return new CallFailure(
                Kind.TOO_LARGE, "The answer is larger than grok.max.response.bytes (" + maxBytes + ").", false);
    }

    private static Kind kind(Throwable cause, boolean beforeTheWire) {
        if (cause instanceof ContentTooLargeException) {
            return Kind.TOO_LARGE;
        }
        if (cause instanceof ResponseTimeoutException) {
            return Kind.TIMEOUT;
        }
        if (cause instanceof ClosedSessionException || cause instanceof AbortedStreamException) {
            return Kind.LOST;
        }
        if (beforeTheWire) {
            return Kind.CONNECT;
        }
        boolean unreadable = cause instanceof InvalidResponseException
                || cause instanceof ProtocolViolationException
                || cause instanceof CodecException
                || cause instanceof Http2Exception;
        return unreadable ? Kind.UNREADABLE : Kind.LOST;
    }

    private static String message(Kind kind, Throwable cause) {
        String what = switch (kind) {
            case CONNECT -> "No connection could be made";
            case TIMEOUT -> "No complete answer within grok.call.timeout.ms";
            case LOST -> "The connection broke before the answer was complete";
            case TOO_LARGE -> "The answer is larger than grok.max.response.bytes";
            case UNREADABLE -> "The answer breaks the protocol";
        };
        String detail = cause.getMessage();
        return what + " (" + cause.getClass().getSimpleName() + (detail == null ? "" : ": " + detail) + ").";
    }
}
