package dev.weir.dispatch;

import dev.weir.permit.CallEnd;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Which scopes need no permits at present. Their quota is off, and nothing is wrong with them: a refusal or a failure,
 * here or on another partition, leads back to admission, which knows how to pause, to halt and to probe, until some
 * calls with permits were answered in a row. So does a new task begin. Threading: the task's stream thread.
 */
final class FreeScopes {
    /** Permits that were under way when the trouble came are used by then. */
    private static final long OLD_PERMITS_MICROS = Duration.ofSeconds(1).toNanos() / 1_000;

    private final SlotSettings settings;
    private final Map<String, Standing> standings = new HashMap<>();

    /**
     * How a scope stands.
     *
     * @param sinceMicros calls that started later tell of it, by the monotonic clock
     * @param answered calls with permits that were answered in a row
     */
    private record Standing(long sinceMicros, int answered) {
        private static final Standing NEW = new Standing(Long.MIN_VALUE, 0);
    }

    FreeScopes(SlotSettings settings) {
        this.settings = settings;
    }

    boolean isFree(String scope) {
        Standing standing = standings.get(scope);
        return standing != null && standing.answered >= settings.answeredInARow();
    }

    /**
     * A call has ended that started then; true when other partitions should hear that something is wrong.
     *
     * @param startedMicros by the monotonic clock, as is the present
     */
    boolean ended(CallPlan plan, CallEnd end, long startedMicros, long nowMicros) {
        return switch (end) {
            case ANSWERED -> {
                if (plan.permitted() && settings.quotaOff().test(plan.scope())) {
                    answered(plan.scope(), startedMicros);
                }
                yield false;
            }
            case THROTTLED, TRANSIENT, HALTED -> troubled(plan.scope(), nowMicros);
            case UNUSED -> false;
        };
    }

    private void answered(String scope, long startedMicros) {
        Standing standing = standings.getOrDefault(scope, Standing.NEW);
        if (startedMicros >= standing.sinceMicros && standing.answered < settings.answeredInARow()) {
            standings.put(scope, new Standing(standing.sinceMicros, standing.answered + 1));
        }
    }

    /** Something is wrong with the scope; whether that is news. */
    boolean troubled(String scope, long nowMicros) {
        if (!settings.quotaOff().test(scope)) {
            return false;
        }
        Standing before = standings.put(scope, new Standing(nowMicros + OLD_PERMITS_MICROS, 0));
        return before == null || before.answered > 0 || before.sinceMicros <= nowMicros;
    }
}
