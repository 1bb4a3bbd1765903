package dev.weir.admission;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who waits for a permit of a scope, in order of release. Those that are too large for now can be set aside, so that
 * smaller ones behind them come into sight; they keep their place. Threading: owned by one stream thread.
 */
final class Line {
    private final ReleaseOrder order = new ReleaseOrder();
    private final List<Permit> aside = new ArrayList<>();

    /** How many wait. */
    int size() {
        return order.size() + aside.size();
    }

    /** Adds a queued permit whose rank is set. */
    void add(Permit permit) {
        order.add(permit);
    }

    /** Takes a permit out, wherever it waits. */
    void remove(Permit permit) {
        if (aside.contains(permit)) {
            callBack();
        }
        order.remove(permit);
    }

    /** Who is next of those that were not set aside. */
    Optional<Permit> peek() {
        return order.peek();
    }

    /** Passes a permit over until {@link #callBack}. */
    void setAside(Permit permit) {
        int at = 0;
        while (at < aside.size() && isBefore(aside.get(at), permit)) {
            at++;
        }
        order.remove(permit);
        aside.add(at, permit);
    }

    /** Whether one is due before another. */
    boolean isBefore(Permit one, Permit other) {
        return ReleaseOrder.isBefore(one, other);
    }

    /** The earliest of those set aside: all others wait for it, or pass it. */
    Optional<Permit> firstAside() {
        return aside.isEmpty() ? Optional.empty() : Optional.of(aside.get(0));
    }

    /** How many were set aside. */
    int aside() {
        return aside.size();
    }

    /** Those that were set aside take their places again. */
    void callBack() {
        aside.forEach(order::add);
        aside.clear();
    }

    /** The earliest time of receipt among the heads, or the given time when nobody waits. */
    long oldestReceivedAt(long otherwise) {
        long oldest = order.oldestReceivedAt(Long.MAX_VALUE);
        for (Permit permit : aside) {
            oldest = permit.state() instanceof PermitState.Queued queued
                    ? Math.min(oldest, queued.receivedAtMillis())
                    : oldest;
        }
        return size() == 0 ? otherwise : oldest;
    }
}
