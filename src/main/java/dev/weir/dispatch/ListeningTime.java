package dev.weir.dispatch;

import java.time.Duration;

/**
 * Time during which messages could have been heard, in milliseconds of a monotonic clock. A long step counts as a short
 * one, for a process that stood still has heard nothing meanwhile. Threading: its task's.
 */
final class ListeningTime {
    private static final long LONGEST_STEP_MICROS = Duration.ofMillis(500).toNanos() / 1_000;

    private boolean begun;
    private long lastMicros;
    private long heardMicros;

    /** The time until that moment of the monotonic clock. */
    long millis(long steadyMicros) {
        if (begun) {
            heardMicros += Math.min(LONGEST_STEP_MICROS, Math.max(0, steadyMicros - lastMicros));
        }
        begun = true;
        lastMicros = steadyMicros;
        return heardMicros / 1_000;
    }
}
