package dev.weir.admission;

import java.time.Duration;

/**
 * How long a scope pauses after the server refused calls for rate or capacity.
 *
 * @param base the longest pause after the first refusal without a Retry-After, at least 1 ms
 * @param max the longest pause of our own choosing, at least the base
 * @param retryAfterMax the longest Retry-After that is obeyed, at least 1 ms
 */
public record PauseSettings(Duration base, Duration max, Duration retryAfterMax) {
    /** Half a second, doubled up to 30 seconds; the server may ask for 10 minutes. */
    public static final PauseSettings DEFAULT =
            new PauseSettings(Duration.ofMillis(500), Duration.ofSeconds(30), Duration.ofMinutes(10));

    /** Refuses spans that make no sense. */
    public PauseSettings {
        if (base.toMillis() < 1) {
            throw new IllegalArgumentException("pause base is " + base + ", expected at least 1 ms");
        }
        if (max.compareTo(base) < 0) {
            throw new IllegalArgumentException("pause max is " + max + ", expected at least the base " + base);
        }
        if (retryAfterMax.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "longest obeyed Retry-After is " + retryAfterMax + ", expected at least 1 ms");
        }
    }

    /** Between half and the whole of a bound that doubles with every pause in a row. */
    long ownChoiceMillis(int pausesInARow, double draw) {
        int doublings = Math.max(0, pausesInARow - 1);
        long bound = max.toMillis();
        if (doublings < Long.numberOfLeadingZeros(base.toMillis()) - 1) {
            bound = Math.min(bound, base.toMillis() << doublings);
        }
        long half = bound / 2;
        return Math.max(1, bound - half + (long) (half * draw));
    }
}
