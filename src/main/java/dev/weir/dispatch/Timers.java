package dev.weir.dispatch;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;

/** When each open request must be looked at again, ordered by time. Rebuilt from the ledger in {@code init}. */
final class Timers {
    private record Timer(long atMillis, long offset) {}

    private final TreeSet<Timer> order =
            new TreeSet<>(Comparator.comparingLong(Timer::atMillis).thenComparingLong(Timer::offset));
    private final Map<Long, Timer> byOffset = new HashMap<>();

    /** Sets the request's time, replacing an earlier one; {@code Long.MAX_VALUE} means never. */
    void set(long offset, long atMillis) {
        clear(offset);
        if (atMillis != Long.MAX_VALUE) {
            Timer timer = new Timer(atMillis, offset);
            order.add(timer);
            byOffset.put(offset, timer);
        }
    }

    void clear(long offset) {
        Timer old = byOffset.remove(offset);
        if (old != null) {
            order.remove(old);
        }
    }

    /** Takes the next request whose time has come. */
    OptionalLong pollDue(long nowMillis) {
        if (order.isEmpty() || order.first().atMillis() > nowMillis) {
            return OptionalLong.empty();
        }
        long offset = order.first().offset();
        clear(offset);
        return OptionalLong.of(offset);
    }

    /** The earliest time, empty when nothing waits for one. */
    OptionalLong next() {
        return order.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(order.first().atMillis());
    }
}
