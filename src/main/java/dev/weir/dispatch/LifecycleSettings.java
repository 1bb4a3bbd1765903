package dev.weir.dispatch;

import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * The bounds of a request's life.
 *
 * @param maxAge how long a request without deadline may stay open
 * @param deadlineGrace how long a started call may run beyond its request's deadline
 * @param maxRepeats how often a call is repeated because its process was lost
 * @param scopes from a model to the quota that it falls under; pure
 */
public record LifecycleSettings(Duration maxAge, Duration deadlineGrace, int maxRepeats, UnaryOperator<String> scopes) {
    /** Refuses bounds that make no sense. */
    public LifecycleSettings {
        if (maxAge.isZero() || maxAge.isNegative()) {
            throw new IllegalArgumentException("request.max.age.ms is " + maxAge.toMillis() + ", expected above zero");
        }
        if (deadlineGrace.isNegative()) {
            throw new IllegalArgumentException(
                    "deadline.grace.ms is " + deadlineGrace.toMillis() + ", expected zero or more");
        }
        if (maxRepeats < 0) {
            throw new IllegalArgumentException("call.max.repeats is " + maxRepeats + ", expected 0 or more");
        }
    }
}
