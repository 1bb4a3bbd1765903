package dev.weir.dispatch;

import dev.weir.event.Reason;
import dev.weir.event.StopClass;
import dev.weir.grok.GrokError;
import dev.weir.grok.GrokOutcome;
import dev.weir.grok.RateLimitHeaders;
import java.time.Duration;

/**
 * The bounds of a process's calls.
 *
 * @param maxInFlight slots, 1 or more
 * @param maxHeldBytes answers that wait for their commit may hold so many bytes before no further call starts
 * @param hardDeadline after which a call without outcome is taken for failed; longer than the call timeout
 */
public record CallBounds(int maxInFlight, long maxHeldBytes, Duration hardDeadline) {
    /** Refuses bounds that make no sense. */
    public CallBounds {
        if (maxInFlight < 1) {
            throw new IllegalArgumentException("call.max.in.flight is " + maxInFlight + ", expected 1 or more");
        }
    }

    /** How a call ends that is past the hard deadline. */
    GrokOutcome overdue() {
        String message = "no outcome within the hard deadline of " + hardDeadline.toMillis() + " ms";
        GrokError error = new GrokError(StopClass.TRANSIENT, Reason.TIMEOUT, message, null, null, false);
        return new GrokOutcome.Stopped(error, null, null, RateLimitHeaders.NONE);
    }
}
