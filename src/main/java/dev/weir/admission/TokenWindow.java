package dev.weir.admission;

import java.util.Map;
import java.util.TreeMap;

/**
 * Tokens inside a sliding window. Tokens are taken from the grant, count from the start of their call, and are free
 * again {@code window + guard} milliseconds after it; an amount that turns out otherwise changes at its own start, so
 * what is known is exact at every moment. Sums saturate.
 *
 * <p>When the limit changes, taken tokens stay taken: a lower limit holds at once for what is granted from then on.
 */
final class TokenWindow {
    private final long spanMillis;
    private final TreeMap<Long, Long> byStart = new TreeMap<>();
    private long reserved;
    private long counted;

    TokenWindow(long windowMillis, long guardMillis) {
        this.spanMillis = Saturating.add(windowMillis, guardMillis);
    }

    /** Takes tokens for a call whose start is not known yet. */
    void reserve(long tokens) {
        reserved = Saturating.add(reserved, tokens);
    }

    /** Gives back what was reserved. */
    void release(long tokens) {
        reserved = Math.max(0, reserved - tokens);
    }

    /** Counts tokens of a call with a known start. */
    void add(long startMillis, long tokens) {
        if (tokens > 0) {
            byStart.merge(startMillis, tokens, Saturating::add);
            counted = Saturating.add(counted, tokens);
        }
    }

    /** Takes back tokens that were counted at that start, unless they have left the window. */
    void remove(long startMillis, long tokens) {
        Long there = byStart.get(startMillis);
        if (there == null || tokens <= 0) {
            return;
        }
        long gone = Math.min(there, tokens);
        counted -= gone;
        if (gone == there) {
            byStart.remove(startMillis);
        } else {
            byStart.put(startMillis, there - gone);
        }
    }

    /** How many are taken, reserved ones included. */
    long used(long nowMillis) {
        while (!byStart.isEmpty() && freeAt(byStart.firstKey()) <= nowMillis) {
            counted -= byStart.pollFirstEntry().getValue();
        }
        return Saturating.add(reserved, counted);
    }

    /** How many are reserved for calls whose start is not known. */
    long reserved() {
        return reserved;
    }

    /** Whether so many more may be taken under that limit; a limit of 0 is none. */
    boolean hasRoom(long tokens, long limit, long nowMillis) {
        return limit == 0 || Saturating.add(used(nowMillis), tokens) <= limit;
    }

    /**
     * When there will be room for so many: now, later, or {@link RequestWindow#NEVER} while it depends on events.
     *
     * @param limit the limit, 0 for none
     */
    long roomAt(long tokens, long limit, long nowMillis) {
        if (hasRoom(tokens, limit, nowMillis)) {
            return nowMillis;
        }
        long left = Saturating.add(used(nowMillis), tokens);
        for (Map.Entry<Long, Long> oldest : byStart.entrySet()) {
            left -= oldest.getValue();
            if (left <= limit) {
                return freeAt(oldest.getKey());
            }
        }
        return RequestWindow.NEVER;
    }

    /** When the tokens of a call with that start are free. */
    long freeAt(long startMillis) {
        return Saturating.add(startMillis, spanMillis);
    }
}
