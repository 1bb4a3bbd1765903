package dev.weir.dispatch;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A bounded memory of what was used last, by offset. Threading: one thread.
 *
 * @param <V> what is remembered
 */
final class Recent<V> {
    private final Map<Long, V> values;

    Recent(int capacity) {
        this.values = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Long, V> eldest) {
                return size() > capacity;
            }
        };
    }

    @Nullable
    V get(long offset) {
        return values.get(offset);
    }

    void put(long offset, V value) {
        values.put(offset, value);
    }

    void remove(long offset) {
        values.remove(offset);
    }
}
