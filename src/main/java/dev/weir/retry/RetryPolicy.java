package dev.weir.retry;

import dev.weir.retry.RetryDecision.GiveUp;
import dev.weir.retry.RetryDecision.RetryAt;
import dev.weir.retry.RetryDecision.TooLate;
import java.time.Duration;
import java.time.Instant;

/** Decides whether and when a stopped request is tried again. Pure: time and randomness are parameters. */
public final class RetryPolicy {
    private final RetrySettings settings;

    /** A policy with these settings. */
    public RetryPolicy(RetrySettings settings) {
        this.settings = settings;
    }

    /**
     * The decision for one stopped try. A throttled or halted try spends no attempt: it says nothing about the request.
     *
     * @param draw a uniform draw from [0, 1)
     */
    public RetryDecision decide(Stop stop, Instant now, double draw) {
        return switch (stop.stopClass()) {
            case THROTTLED, HALTED ->
                retry(stop, stop.attempts(), settings.throttleBackoff().delay(stop.uncharged() + 1, draw), now);
            case TRANSIENT -> transientStop(stop, now, draw);
            case FATAL, EXPIRED, CANCELLED -> new GiveUp(stop.attempts() + 1, false);
        };
    }

    private RetryDecision transientStop(Stop stop, Instant now, double draw) {
        int attempts = stop.attempts() + 1;
        if (attempts >= settings.maxAttempts()) {
            return new GiveUp(attempts, true);
        }
        return retry(stop, attempts, settings.transientBackoff().delay(attempts, draw), now);
    }

    private RetryDecision retry(Stop stop, int attempts, Duration backoff, Instant now) {
        Duration delay = backoff;
        Duration asked = stop.retryAfter();
        if (asked != null) {
            delay = asked.compareTo(settings.retryAfterMax()) > 0 ? settings.retryAfterMax() : asked;
        }
        Instant due = now.plus(delay);
        Instant deadline = stop.deadline();
        return deadline != null && due.isAfter(deadline)
                ? new TooLate(attempts, due)
                : new RetryAt(due, settings.tiers().cover(delay), attempts);
    }
}
