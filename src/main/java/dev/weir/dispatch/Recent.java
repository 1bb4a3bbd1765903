package dev.weir.dispatch;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A bounded memory of what was used last, by offset. Threading: one thread.
 *
 * @param <V> what is remembered
 */
final class Recent<V> {
    private final long capacity;
    private final ToLongFunction<V> weight;
    private final Map<Long, V> values = new LinkedHashMap<>(16, 0.75f, true);
    private long total;

    /** Remembers values up to that total weight. */
    Recent(long capacity, ToLongFunction<V> weight) {
        this.capacity = capacity;
        this.weight = weight;
    }

    @Nullable
    V get(long offset) {
        return values.get(offset);
    }

    void put(long offset, V value) {
        remove(offset);
        values.put(offset, value);
        total += weight.applyAsLong(value);
        Iterator<V> oldest = values.values().iterator();
        while (total > capacity) {
            total -= weight.applyAsLong(oldest.next());
            oldest.remove();
        }
    }

    void remove(long offset) {
        V old = values.remove(offset);
        if (old != null) {
            total -= weight.applyAsLong(old);
        }
    }
}
