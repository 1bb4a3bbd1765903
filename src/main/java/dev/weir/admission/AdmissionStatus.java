package dev.weir.admission;

import dev.weir.event.Priority;
import java.util.Map;

/**
 * A scope as it stood at one moment.
 *
 * @param scope its name
 * @param limits what it may use
 * @param queuedBy asks in line, by priority
 * @param inFlight permits out
 * @param usedInWindow slots taken in the requests-per-second window
 * @param requestLimit calls in any second at present, as learned; 0 for no limit
 * @param tokenLimit tokens in any minute at present, as learned; 0 for no limit
 * @param usedTokens tokens taken in the tokens-per-minute window, reserved ones included
 * @param reservedTokens those of them that are reserved for calls not known to have started
 * @param estimateErrorPermille how far reservations are from what calls use, in thousandths of the latter
 * @param binding what keeps the head of the line waiting; none also when nobody waits
 * @param pausedUntilMillis the end of the last pause, epoch milliseconds; 0 when it is over
 * @param headStartMillis when the first in line may start, epoch milliseconds; {@link Long#MAX_VALUE} when that depends
 *     on an event, 0 when nobody waits
 * @param oldestWaitMillis how long the oldest head of a priority has waited since receipt, 0 when nobody waits
 * @param atMillis the moment, epoch milliseconds
 */
public record AdmissionStatus(
        String scope,
        ScopeLimits limits,
        Map<Priority, Integer> queuedBy,
        int inFlight,
        int usedInWindow,
        int requestLimit,
        long tokenLimit,
        long usedTokens,
        long reservedTokens,
        long estimateErrorPermille,
        Binding binding,
        long pausedUntilMillis,
        long headStartMillis,
        long oldestWaitMillis,
        long atMillis) {
    /** Copies the map. */
    public AdmissionStatus {
        queuedBy = Map.copyOf(queuedBy);
    }

    /** How many wait. */
    public int queued() {
        return queuedBy.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** How many of a priority wait. */
    public int queuedBy(Priority priority) {
        return queuedBy.getOrDefault(priority, 0);
    }

    /** How many more calls the running second has room for; {@link Integer#MAX_VALUE} without a limit. */
    public int freeRequests() {
        return requestLimit == 0 ? Integer.MAX_VALUE : Math.max(0, requestLimit - usedInWindow);
    }

    /** How many more tokens the running minute has room for; {@link Long#MAX_VALUE} without a limit. */
    public long freeTokens() {
        return tokenLimit == 0 ? Long.MAX_VALUE : Math.max(0, tokenLimit - usedTokens);
    }

    /** How many more calls may be in flight. */
    public int freeInFlight() {
        return Math.max(0, limits.maxInFlight() - inFlight);
    }

    /** Whether nothing is granted because the server refused calls. */
    public boolean paused() {
        return pausedUntilMillis > atMillis;
    }
}
