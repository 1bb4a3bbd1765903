package dev.weir.dispatch;

import java.time.Duration;

/**
 * What came together lately in a span of the given time: the larger sum of the running and the last one. Threading:
 * any.
 */
final class RecentSum {
    private final long spanNanos;
    private long span;
    private long before;
    private long now;

    RecentSum(Duration span) {
        this.spanNanos = span.toNanos();
    }

    synchronized void add(long nowNanos, long amount) {
        moveTo(nowNanos);
        now += amount;
    }

    /** How much, seen from that moment. */
    synchronized long at(long nowNanos) {
        moveTo(nowNanos);
        return Math.max(before, now);
    }

    private void moveTo(long nowNanos) {
        long current = Math.floorDiv(nowNanos, spanNanos);
        if (current > span) {
            before = current == span + 1 ? now : 0;
            now = 0;
            span = current;
        }
    }
}
