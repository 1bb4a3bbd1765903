package dev.weir.admission;

/**
 * A scope as it stood at one moment.
 *
 * @param scope its name
 * @param limits what it may use
 * @param queued asks in line
 * @param inFlight permits out
 * @param usedInWindow slots taken in the requests-per-second window
 * @param requestLimit calls in any second at present, as learned; 0 for no limit
 * @param tokenLimit tokens in any minute at present, as learned; 0 for no limit
 * @param usedTokens tokens taken in the tokens-per-minute window, reserved ones included
 * @param reservedTokens those of them that are reserved for calls not known to have started
 * @param estimateErrorPermille how far reservations are from what calls use, in thousandths of the latter
 * @param binding what keeps the head of the line waiting; none also when nobody waits
 * @param pausedUntilMillis the end of the last pause, epoch milliseconds; 0 when it is over
 * @param oldestWaitMillis how long the oldest head of a priority has waited since receipt, 0 when nobody waits
 * @param atMillis the moment, epoch milliseconds
 */
public record AdmissionStatus(
        String scope,
        ScopeLimits limits,
        int queued,
        int inFlight,
        int usedInWindow,
        int requestLimit,
        long tokenLimit,
        long usedTokens,
        long reservedTokens,
        long estimateErrorPermille,
        Binding binding,
        long pausedUntilMillis,
        long oldestWaitMillis,
        long atMillis) {
    /** Whether nothing is granted because the server refused calls. */
    public boolean paused() {
        return pausedUntilMillis > atMillis;
    }
}
