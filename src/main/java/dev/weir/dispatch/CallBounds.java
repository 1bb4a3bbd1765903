package dev.weir.dispatch;

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
}
