package dev.weir.admission;

import dev.weir.event.Priority;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * How admission decides.
 *
 * @param limits the limits of a scope; asked once, when the scope is first seen
 * @param priorityOffset how much later a priority is due than its clock says, in time of full use; one it does not name
 *     has none
 * @param tenantWeight a tenant's share among those that wait, 1 or more
 * @param tokens how tokens are estimated
 * @param windowGuard how long a slot stays taken beyond the window, against jitter on the way to the server; what it
 *     costs of the limit is guard over window
 * @param burstPercent how much of a window may start at once, 1 to 100; the rest is spread evenly over it
 * @param lead how long at most before its slot is free a permit may be granted, good from then on: the requester writes
 *     ahead meanwhile, and no part of the window is lost to that
 * @param leaseDuration after which a permit that was never settled is reclaimed: the hard deadline of a call and some
 * @param pause what a refusal for rate or capacity does
 * @param zombieAfter silence after which this owner first proves by a commit that it still is one: half a session
 *     time-out
 */
public record AdmissionSettings(
        Function<String, ScopeLimits> limits,
        Map<Priority, Duration> priorityOffset,
        ToIntFunction<String> tenantWeight,
        TokenSettings tokens,
        Duration windowGuard,
        int burstPercent,
        Duration lead,
        Duration leaseDuration,
        PauseSettings pause,
        Duration zombieAfter) {
    /** Critical is never aged past by less than 30 seconds; low waits at most 10 minutes longer than critical. */
    public static final Map<Priority, Duration> DEFAULT_OFFSETS = Map.of(
            Priority.CRITICAL, Duration.ZERO,
            Priority.HIGH, Duration.ofSeconds(30),
            Priority.NORMAL, Duration.ofMinutes(2),
            Priority.LOW, Duration.ofMinutes(10));

    /** One per cent of a one-second window. */
    public static final Duration DEFAULT_GUARD = Duration.ofMillis(10);

    /** Copies the map and refuses spans that make no sense. */
    public AdmissionSettings {
        priorityOffset = Map.copyOf(priorityOffset);
        if (windowGuard.isNegative()) {
            throw new IllegalArgumentException("window guard is " + windowGuard + ", expected zero or more");
        }
        if (burstPercent < 1 || burstPercent > 100) {
            throw new IllegalArgumentException("burst is " + burstPercent + " %, expected 1 to 100");
        }
        if (leaseDuration.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("lease is " + leaseDuration + ", expected at least a second");
        }
        if (zombieAfter.toMillis() < 1) {
            throw new IllegalArgumentException("silence allowed is " + zombieAfter + ", expected at least 1 ms");
        }
    }

    /** Where something of a priority stands by a clock: smaller is earlier. */
    long rank(Priority priority, long clockMicros) {
        Duration offset = priorityOffset.getOrDefault(priority, Duration.ZERO);
        return Saturating.add(clockMicros, offset.toMillis() * 1_000);
    }
}
