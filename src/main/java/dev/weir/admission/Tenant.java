package dev.weir.admission;

import dev.weir.event.Priority;
import java.util.Arrays;
import java.util.Optional;

/**
 * A tenant's part of a line. It goes on by clocks in the same way as tenants do among themselves: each priority has one
 * that grows by what it is granted, and the least goes first, seen through its offset. So the urgent are served at once
 * for as long as they take no more than the offsets allow, and after that each priority has four times the share of the
 * next lower one.
 *
 * <p>One grant in {@link #OLDEST_EVERY} goes to who has waited longest, whatever its priority: behind n longer waiting
 * ones a request waits for no more than {@code (n + 1) * OLDEST_EVERY} grants of its tenant. Changed by its line only.
 */
final class Tenant {
    /** One grant in so many goes to who has waited longest. */
    static final int OLDEST_EVERY = 16;

    private static final Priority[] PRIORITIES = Priority.values();
    /** The shares of the priorities, from the most urgent on. */
    private static final int[] SHARES = {64, 16, 4, 1};

    final String name;
    final int weight;
    final ReleaseOrder order = new ReleaseOrder();
    /** Grows by the cost of all it is granted over its share of the weights, microseconds. */
    long clockMicros;
    /** When it is due: its clock as the priority sees it that it serves next. Changed only while in no sorted set. */
    long dueMicros;

    private final AdmissionSettings settings;
    private final int[] waiting = new int[PRIORITIES.length];
    private final long[] clocks = new long[PRIORITIES.length];
    private long grants;

    Tenant(String name, AdmissionSettings settings) {
        this.name = name;
        this.settings = settings;
        this.weight = Math.max(1, settings.tenantWeight().applyAsInt(name));
    }

    /** Who is next in those lanes. */
    Optional<Permit> next(int lanes) {
        if (grants % OLDEST_EVERY == OLDEST_EVERY - 1) {
            return order.longestWaiting(lanes);
        }
        Optional<Permit> next = Optional.empty();
        long least = Long.MAX_VALUE;
        for (Priority priority : PRIORITIES) {
            long due = due(priority);
            Optional<Permit> head = due < least ? order.peek(priority, lanes) : Optional.empty();
            if (head.isPresent()) {
                next = head;
                least = due;
            }
        }
        return next;
    }

    /** The priority that is served next; somebody must wait. */
    Priority nextPriority() {
        Priority next = null;
        for (Priority priority : PRIORITIES) {
            boolean isSooner = next == null || due(priority) < due(next);
            next = waiting(priority) > 0 && isSooner ? priority : next;
        }
        if (next == null) {
            throw new IllegalStateException("nobody of tenant " + name + " waits");
        }
        return next;
    }

    /** One of a priority is granted something of that cost, its share among tenants reckoned in. */
    void granted(Priority priority, long costMicros) {
        grants++;
        clocks[priority.ordinal()] = Saturating.add(clocks[priority.ordinal()], step(priority, costMicros));
    }

    /** How far the clock of a priority moves with a grant of that cost. */
    private long step(Priority priority, long costMicros) {
        int all = 0;
        for (Priority other : PRIORITIES) {
            all += waiting(other) > 0 || other == priority ? SHARES[other.ordinal()] : 0;
        }
        return costMicros * all / SHARES[priority.ordinal()];
    }

    /**
     * How many of this tenant go before one of its permits, as it looks now.
     *
     * @param costMicros what a grant costs
     */
    long before(Permit permit, long costMicros) {
        Priority priority = ReleaseOrder.queued(permit).priority();
        long inLane = order.before(permit);
        long all = inLane;
        for (Priority other : PRIORITIES) {
            if (other != priority && waiting(other) > 0) {
                long until = Saturating.add(due(priority), inLane * step(priority, costMicros));
                long before = Saturating.subtract(until, due(other)) / Math.max(1, step(other, costMicros));
                all += Math.max(0, Math.min(waiting(other), before));
            }
        }
        return all;
    }

    /** More of a priority wait, or fewer. When nobody waits all priorities are quits. */
    void count(Priority priority, int more) {
        int at = priority.ordinal();
        if (waiting[at] == 0 && more > 0) {
            clocks[at] = Math.max(clocks[at], leastActive());
        }
        waiting[at] += more;
        if (waiting() == 0) {
            Arrays.fill(clocks, 0);
        }
    }

    /** The same when the clocks were taken back. */
    void countRestored(Priority priority) {
        waiting[priority.ordinal()]++;
    }

    /** How many wait, those set aside included. */
    int waiting() {
        int all = 0;
        for (int each : waiting) {
            all += each;
        }
        return all;
    }

    int waiting(Priority priority) {
        return waiting[priority.ordinal()];
    }

    /** What is to be remembered of it. */
    long[] numbers() {
        long[] numbers = new long[2 + clocks.length];
        numbers[0] = clockMicros;
        numbers[1] = grants;
        System.arraycopy(clocks, 0, numbers, 2, clocks.length);
        return numbers;
    }

    /** Takes back what was remembered. */
    void restore(long... numbers) {
        clockMicros = numbers[0];
        grants = numbers[1];
        System.arraycopy(numbers, 2, clocks, 0, clocks.length);
    }

    private long due(Priority priority) {
        return settings.rank(priority, clocks[priority.ordinal()]);
    }

    private long leastActive() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < clocks.length; i++) {
            least = waiting[i] > 0 ? Math.min(least, clocks[i]) : least;
        }
        return least == Long.MAX_VALUE ? 0 : least;
    }
}
