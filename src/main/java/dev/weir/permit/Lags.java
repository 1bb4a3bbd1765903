package dev.weir.permit;

import java.util.HashMap;
import java.util.Map;

/** The delays of messages by their senders; a sender's new epoch has another clock. Not thread-safe. */
public final class Lags {
    private final Map<Integer, Lag> bySender = new HashMap<>();

    /**
     * How much longer a message certainly took than the quickest of late from the same sender.
     *
     * @param sender a partition number
     * @param epoch the life of the sender in which it was sent
     * @param sentAtMicros by the sender's monotonic clock
     * @param receivedAtMicros by the receiver's monotonic clock
     * @return milliseconds, rounded down
     */
    public long excessMillis(int sender, long epoch, long sentAtMicros, long receivedAtMicros) {
        Lag known = bySender.get(sender);
        if (known == null || known.epoch() != epoch) {
            known = new Lag(epoch);
            bySender.put(sender, known);
        }
        return known.excessMillis(sentAtMicros, receivedAtMicros);
    }
}
