package dev.weir.simulation;

import dev.weir.event.Blob;
import dev.weir.event.Reason;
import dev.weir.event.StopClass;
import dev.weir.event.Usage;
import dev.weir.grok.GrokError;
import dev.weir.grok.GrokOutcome;
import dev.weir.grok.GrokOutcome.Answered;
import dev.weir.grok.GrokOutcome.Stopped;
import dev.weir.grok.RateLimitHeaders;
import java.time.Duration;

/** Outcomes of calls as the HTTP client would tell them. */
final class Answers {
    static final GrokOutcome CONNECT_FAILED = stopped(StopClass.TRANSIENT, Reason.CONNECT_FAILED, null, true, null);
    static final GrokOutcome CONNECTION_LOST = stopped(StopClass.TRANSIENT, Reason.CONNECTION_LOST, null, false, null);
    static final GrokOutcome TIMEOUT = stopped(StopClass.TRANSIENT, Reason.TIMEOUT, null, false, null);
    static final GrokOutcome SERVER_ERROR = stopped(StopClass.TRANSIENT, Reason.SERVER_ERROR, 503, false, null);
    static final GrokOutcome EMPTY = stopped(StopClass.TRANSIENT, Reason.EMPTY_ANSWER, 200, false, null);
    static final GrokOutcome REFUSED = stopped(StopClass.FATAL, Reason.INVALID_REQUEST, 400, false, null);
    static final GrokOutcome WRONG_KEY = stopped(StopClass.HALTED, Reason.INVALID_KEY, 401, false, null);
    static final GrokOutcome NO_CREDITS = stopped(StopClass.HALTED, Reason.NO_CREDITS, 403, false, null);

    private Answers() {}

    static GrokOutcome answered(String scope, String content, Usage usage) {
        Blob body = Blob.utf8("{\"answer\":\"" + content + "\"}");
        return new Answered(scope, content, body, usage, RateLimitHeaders.NONE);
    }

    /** 429; a null wait is not told. */
    static GrokOutcome throttled(Duration wait) {
        return stopped(StopClass.THROTTLED, Reason.RATE_LIMITED, 429, false, wait);
    }

    private static GrokOutcome stopped(
            StopClass stopClass, Reason reason, Integer status, boolean nothingSent, Duration retryAfter) {
        GrokError error = new GrokError(stopClass, reason, "simulated " + reason.id(), status, null, nothingSent);
        return new Stopped(error, retryAfter, null, RateLimitHeaders.NONE);
    }
}
