package dev.weir.cli;

import java.util.Arrays;

/** Durations in milliseconds, all kept: for some thousand values. Threading: one thread. */
final class Samples {
    private long[] values = new long[256];
    private int size;

    void add(long millis) {
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
        }
        values[size++] = millis;
    }

    /** The value that so large a share of all do not pass, 0 when there are none. */
    long percentile(double share) {
        if (size == 0) {
            return 0;
        }
        long[] sorted = Arrays.copyOf(values, size);
        Arrays.sort(sorted);
        int index = (int) Math.ceil(share * size) - 1;
        return sorted[Math.max(0, Math.min(size - 1, index))];
    }

    /** Median, p95, p99 and the largest. */
    String summary() {
        return String.format(
                "p50 %,d ms, p95 %,d ms, p99 %,d ms, max %,d ms",
                percentile(0.5), percentile(0.95), percentile(0.99), percentile(1));
    }
}
