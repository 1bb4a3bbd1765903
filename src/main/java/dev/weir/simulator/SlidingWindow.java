package dev.weir.simulator;

import java.util.ArrayDeque;
import java.util.Deque;

/** Counts exactly what happened in the half-open span {@code (now - span, now]}. */
final class SlidingWindow implements Window {
    private final long span;
    private final Deque<Counted> counted = new ArrayDeque<>();
    private long amount;

    SlidingWindow(long span) {
        this.span = span;
    }

    @Override
    public long used(long now) {
        expire(now);
        return amount;
    }

    @Override
    public void add(long now, long added) {
        expire(now);
        counted.addLast(new Counted(now, added));
        amount += added;
    }

    @Override
    public long untilRoom(long now) {
        expire(now);
        Counted oldest = counted.peekFirst();
        return oldest == null ? 0 : oldest.at() + span - now;
    }

    private void expire(long now) {
        for (Counted oldest = counted.peekFirst();
                oldest != null && now - oldest.at() >= span;
                oldest = counted.peekFirst()) {
            amount -= oldest.amount();
            counted.removeFirst();
        }
    }

    private record Counted(long at, long amount) {}
}
