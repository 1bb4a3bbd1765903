package dev.weir.dispatch;

import dev.weir.event.Priority;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * Who is called without a permit, and who goes first where this process has no slot.
 *
 * @param quotaOff whether a scope has no limit at all; pure
 * @param answeredInARow so many calls with permits must have been answered before one goes without; enough that a few
 *     failures among many calls do not look like many to admission, which hears of the failures only
 * @param offsetMillis how much later a priority is due than its time of receipt says; pure
 */
public record SlotSettings(Predicate<String> quotaOff, int answeredInARow, ToLongFunction<Priority> offsetMillis) {
    /** Everybody needs a permit. */
    public static final SlotSettings PERMITS_FOR_ALL = new SlotSettings(scope -> false, 1, priority -> 0);

    /** When it is the request's turn, epoch milliseconds: smaller is earlier. */
    long rank(Entry entry) {
        return entry.receivedAtMillis() + offsetMillis.applyAsLong(entry.priority());
    }
}
