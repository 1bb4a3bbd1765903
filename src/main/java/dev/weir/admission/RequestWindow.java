package dev.weir.admission;

import java.util.Arrays;

/**
 * Calls inside a sliding window, exact at the call and not at the permit: a slot is taken from the grant, stays taken
 * while the start is unknown, and is free again {@code window + guard} milliseconds after the start. A call starts no
 * earlier than its grant, so no half-open span of that length ever holds more starts than the limit.
 *
 * <p>When the limit changes, taken slots stay taken: a lower limit holds at once for what is granted from then on.
 */
final class RequestWindow {
    /** No time at all: only an event can free a slot. */
    static final long NEVER = Long.MAX_VALUE;

    private final long spanMillis;
    private int limit;
    private int open;
    /** A ring of start times, ascending from {@code head}. */
    private long[] starts = new long[16];

    private int head;
    private int size;

    /**
     * An empty window.
     *
     * @param limit calls in any window, 0 for no limit
     * @param windowMillis its length
     * @param guardMillis how long a slot stays taken beyond it, against jitter between here and the server
     */
    RequestWindow(int limit, long windowMillis, long guardMillis) {
        this.limit = limit;
        this.spanMillis = Saturating.add(windowMillis, guardMillis);
    }

    /** Sets another limit, 0 for none. */
    void limit(int newLimit) {
        limit = newLimit;
    }

    /** Takes a slot for a call whose start is not known yet. */
    void grant() {
        open++;
    }

    /** The start of a granted call became known. */
    void started(long startMillis) {
        returned();
        occupy(startMillis);
    }

    /** A granted call was never made: its slot is free at once. */
    void returned() {
        if (open == 0) {
            throw new IllegalStateException("a slot is returned that was never granted");
        }
        open--;
    }

    /** Takes a slot for a call that was made without a grant known here. */
    void occupy(long startMillis) {
        if (size == starts.length) {
            grow();
        }
        // Reports come nearly in order, so that shifting from the end moves next to nothing.
        int at = size++;
        while (at > 0 && starts[slot(at - 1)] > startMillis) {
            starts[slot(at)] = starts[slot(at - 1)];
            at--;
        }
        starts[slot(at)] = startMillis;
    }

    /** How many slots are taken. */
    int used(long nowMillis) {
        expire(nowMillis);
        return open + size;
    }

    /** Whether one more call may be granted. */
    boolean hasRoom(long nowMillis) {
        return hasRoom(nowMillis, 0);
    }

    /** Whether one more call may be granted and so many slots stay free. */
    boolean hasRoom(long nowMillis, int kept) {
        return limit == 0 || used(nowMillis) < limit - kept;
    }

    /** When there will be room: now, later, or {@link #NEVER} while it depends on reports of starts. */
    long roomAt(long nowMillis) {
        return roomAt(nowMillis, 0);
    }

    /** The same for a call beside which so many slots stay free. */
    long roomAt(long nowMillis, int kept) {
        if (hasRoom(nowMillis, kept)) {
            return nowMillis;
        }
        int mustExpire = open + size - (limit - kept);
        return mustExpire < size ? freeAt(starts[slot(mustExpire)]) : NEVER;
    }

    /** When the slot of a call with that start is free. */
    long freeAt(long startMillis) {
        return Saturating.add(startMillis, spanMillis);
    }

    private void expire(long nowMillis) {
        while (size > 0 && freeAt(starts[head]) <= nowMillis) {
            head = slot(1);
            size--;
        }
    }

    private int slot(int index) {
        return (head + index) & (starts.length - 1);
    }

    private void grow() {
        long[] larger = Arrays.copyOf(starts, starts.length * 2);
        for (int i = 0; i < size; i++) {
            larger[i] = starts[slot(i)];
        }
        starts = larger;
        head = 0;
    }
}
