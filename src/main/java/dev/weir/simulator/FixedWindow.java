package dev.weir.simulator;

/** Counts within spans aligned to multiples of the span. */
final class FixedWindow implements Window {
    private final long span;
    private long index;
    private long amount;

    FixedWindow(long span) {
        this.span = span;
    }

    @Override
    public long used(long now) {
        move(now);
        return amount;
    }

    @Override
    public void add(long now, long added) {
        move(now);
        amount += added;
    }

    @Override
    public long untilRoom(long now) {
        move(now);
        return amount == 0 ? 0 : (index + 1) * span - now;
    }

    private void move(long now) {
        long current = Math.floorDiv(now, span);
        if (current != index) {
            index = current;
            amount = 0;
        }
    }
}
