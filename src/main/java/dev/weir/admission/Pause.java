package dev.weir.admission;

import org.jspecify.annotations.Nullable;

/**
 * A scope's pause after refusals for rate or capacity. Refused calls that were granted before the pause began belong to
 * the burst that caused it: they can prolong it by their Retry-After, and do not count again.
 *
 * @param beganMillis when the last pause began
 * @param untilMillis until when nothing is granted
 * @param inARow pauses since the last call that was granted after a pause and answered
 */
record Pause(long beganMillis, long untilMillis, int inARow) {
    /** Never paused. */
    static final Pause NONE = new Pause(Long.MIN_VALUE, Long.MIN_VALUE, 0);

    boolean holds(long nowMillis) {
        return nowMillis < untilMillis;
    }

    /**
     * After one more refusal.
     *
     * @param grantedAtMillis when the refused call was granted
     * @param retryAfterMillis how long the server asks to wait, or null
     * @param draw a uniform draw from [0, 1)
     */
    Pause refused(
            PauseSettings settings,
            long grantedAtMillis,
            @Nullable Long retryAfterMillis,
            long nowMillis,
            double draw) {
        long asked = retryAfterMillis == null
                ? 0
                : Math.min(retryAfterMillis, settings.retryAfterMax().toMillis());
        boolean sameBurst = grantedAtMillis <= beganMillis;
        if (sameBurst) {
            return asked <= 0
                    ? this
                    : new Pause(beganMillis, Math.max(untilMillis, Saturating.add(nowMillis, asked)), inARow);
        }
        int pauses = inARow + 1;
        long pause = asked > 0 ? asked : settings.ownChoiceMillis(pauses, draw);
        return new Pause(nowMillis, Math.max(untilMillis, Saturating.add(nowMillis, pause)), pauses);
    }

    /** After an answer to a call that was granted at that time; older ones than the pause prove nothing. */
    Pause answered(long grantedAtMillis) {
        return inARow == 0 || grantedAtMillis <= beganMillis ? this : new Pause(beganMillis, untilMillis, 0);
    }

    /** Opened by an operator; calls that are under way still belong to the old burst. */
    Pause opened() {
        return new Pause(beganMillis, Long.MIN_VALUE, 0);
    }

    /** The same pause read by a clock that may be behind the one that wrote it. */
    Pause readAt(long nowMillis, PauseSettings settings) {
        long longest =
                Math.max(settings.max().toMillis(), settings.retryAfterMax().toMillis());
        return new Pause(
                Math.min(beganMillis, nowMillis), Math.min(untilMillis, Saturating.add(nowMillis, longest)), inARow);
    }
}
