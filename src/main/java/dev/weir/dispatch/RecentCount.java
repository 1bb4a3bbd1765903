package dev.weir.dispatch;

import java.time.Duration;

/** How often something happened lately: within the given time, and up to twice that. Threading: any. */
final class RecentCount {
    private final long spanNanos;
    private long span;
    private int before;
    private int now;

    RecentCount(Duration span) {
        this.spanNanos = span.toNanos();
    }

    /** It happened once. */
    synchronized void add(long nowNanos) {
        moveTo(nowNanos);
        now++;
    }

    /** How often, seen from that moment. */
    synchronized int at(long nowNanos) {
        moveTo(nowNanos);
        return before + now;
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
