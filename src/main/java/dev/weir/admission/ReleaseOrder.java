package dev.weir.admission;

import dev.weir.event.Priority;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The line of a scope: lowest rank first, then first come first served. One heap for each priority, each permit knowing
 * its own place: adding, removing and taking are O(log n) and cost one reference a permit.
 *
 * <p>Ranks age by themselves: a rank is the time of receipt plus an offset, so an old permit of low priority stands
 * before a newer one of high priority once it is older by the difference of their offsets. No one starves.
 */
final class ReleaseOrder {
    private final Heap[] heaps = new Heap[Priority.values().length];
    private int size;

    ReleaseOrder() {
        Arrays.setAll(heaps, i -> new Heap());
    }

    /** How many stand in line. */
    int size() {
        return size;
    }

    /** Adds a queued permit whose rank is set. */
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

    /** Who is next. */
    Optional<Permit> peek() {
        Permit best = null;
        for (Heap heap : heaps) {
            Permit head = heap.head();
            if (head != null && (best == null || isBefore(head, best))) {
                best = head;
            }
        }
        return Optional.ofNullable(best);
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

    private Heap heapOf(Permit permit) {
        return heaps[queued(permit).priority().ordinal()];
    }

    private static PermitState.Queued queued(Permit permit) {
        if (permit.state() instanceof PermitState.Queued queued) {
            return queued;
        }
        throw new IllegalStateException(permit + " is not queued");
    }

    /** Whether one is due before another. */
    static boolean isBefore(Permit a, Permit b) {
        return a.rank != b.rank
                ? a.rank < b.rank
                : queued(a).arrival() < queued(b).arrival();
    }

    /** A binary heap whose members know their index. */
    private static final class Heap {
        private @Nullable Permit[] items = new @Nullable Permit[16];
        private int count;

        private @Nullable Permit head() {
            return items[0];
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
