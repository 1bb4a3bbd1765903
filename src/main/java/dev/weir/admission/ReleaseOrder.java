package dev.weir.admission;

import dev.weir.event.Priority;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The lanes of a tenant, each in order of receipt, so that a request that is tried again keeps its place. One heap for
 * each lane, each permit knowing its own place: adding, removing and taking are O(log n) and cost one reference a
 * permit.
 */
final class ReleaseOrder {
    private final Heap[] heaps = new Heap[Lanes.COUNT];
    private int size;

    ReleaseOrder() {
        Arrays.setAll(heaps, i -> new Heap());
    }

    /** How many stand in line. */
    int size() {
        return size;
    }

    /** Adds a queued permit. */
    void add(Permit permit) {
        if (permit.place != Permit.NOWHERE) {
            throw new IllegalStateException(permit.key + " stands in line already");
        }
        heapOf(permit).add(permit);
        size++;
    }

    /** Takes a queued permit out of the line; it must stand in it, with the state it was added with. */
    void remove(Permit permit) {
        if (permit.place == Permit.NOWHERE) {
            throw new IllegalStateException(permit.key + " does not stand in line");
        }
        heapOf(permit).removeAt(permit.place);
        size--;
    }

    /** Who is next of a priority, in some of the lanes. */
    Optional<Permit> peek(Priority priority, int lanes) {
        return longestWaiting(lanes & Lanes.of(priority));
    }

    /** Who was received first of the heads of some lanes. */
    Optional<Permit> longestWaiting(int lanes) {
        Permit longest = null;
        for (int lane = 0; lane < heaps.length; lane++) {
            Permit head = Lanes.has(lanes, lane) ? heaps[lane].head() : null;
            boolean isLonger = head != null && (longest == null || isBefore(head, longest));
            longest = isLonger ? head : longest;
        }
        return Optional.ofNullable(longest);
    }

    /** The earliest time of receipt among the heads of all priorities, or the given time when nobody waits. */
    long oldestReceivedAt(long otherwise) {
        long oldest = Long.MAX_VALUE;
        for (Heap heap : heaps) {
            Permit head = heap.head();
            if (head != null) {
                oldest = Math.min(oldest, queued(head).receivedAtMillis());
            }
        }
        return size == 0 ? otherwise : oldest;
    }

    /** How many of its priority stand before a permit that is in line. */
    int before(Permit permit) {
        int before = 0;
        int lanes = Lanes.of(queued(permit).priority());
        for (int lane = 0; lane < heaps.length; lane++) {
            before += Lanes.has(lanes, lane) ? heaps[lane].before(permit) : 0;
        }
        return before;
    }

    private Heap heapOf(Permit permit) {
        return heaps[Lanes.of(queued(permit))];
    }

    /** How a permit in line stands. */
    static PermitState.Queued queued(Permit permit) {
        if (permit.state() instanceof PermitState.Queued queued) {
            return queued;
        }
        throw new IllegalStateException(permit + " is not queued");
    }

    /** Whether one has waited longer than another. */
    static boolean isBefore(Permit a, Permit b) {
        PermitState.Queued one = queued(a);
        PermitState.Queued other = queued(b);
        return one.receivedAtMillis() != other.receivedAtMillis()
                ? one.receivedAtMillis() < other.receivedAtMillis()
                : one.arrival() < other.arrival();
    }

    /** A binary heap whose members know their index. */
    private static final class Heap {
        private @Nullable Permit[] items = new @Nullable Permit[4];
        private int count;

        private @Nullable Permit head() {
            return items[0];
        }

        private int before(Permit permit) {
            int before = 0;
            for (int i = 0; i < count; i++) {
                before += isBefore(at(i), permit) ? 1 : 0;
            }
            return before;
        }

        private void add(Permit permit) {
            if (count == items.length) {
                items = Arrays.copyOf(items, count + (count >> 1));
            }
            siftUp(count++, permit);
        }

        private void removeAt(int index) {
            Permit removed = at(index);
            Permit last = at(--count);
            items[count] = null;
            if (last != removed) {
                siftDown(index, last);
                if (last.place == index) {
                    siftUp(index, last);
                }
            }
            removed.place = Permit.NOWHERE;
        }

        private void siftUp(int from, Permit permit) {
            int index = from;
            while (index > 0) {
                Permit parent = at((index - 1) >>> 1);
                if (!isBefore(permit, parent)) {
                    break;
                }
                set(index, parent);
                index = (index - 1) >>> 1;
            }
            set(index, permit);
        }

        private void siftDown(int from, Permit permit) {
            int index = from;
            for (int child = 2 * index + 1; child < count; child = 2 * index + 1) {
                int least = child + 1 < count && isBefore(at(child + 1), at(child)) ? child + 1 : child;
                if (!isBefore(at(least), permit)) {
                    break;
                }
                set(index, at(least));
                index = least;
            }
            set(index, permit);
        }

        private void set(int index, Permit permit) {
            items[index] = permit;
            permit.place = index;
        }

        private Permit at(int index) {
            Permit permit = items[index];
            if (permit == null) {
                throw new IllegalStateException("nobody at place " + index + " of " + count);
            }
            return permit;
        }
    }
}
