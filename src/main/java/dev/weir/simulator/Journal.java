package dev.weir.simulator;

import java.util.ArrayList;
import java.util.List;

/**
 * What the simulated Grok saw, one entry for each request for a completion. It holds the latest entries up to a bound;
 * the totals count all.
 *
 * <p>Threading: any thread. An entry is written when the request is decided upon and replaced when it ends, before the
 * client can see the end of a whole response.
 */
public final class Journal {
    /** How many entries a simulated Grok keeps. */
    public static final int DEFAULT_CAPACITY = 1_000_000;

    private final int capacity;
    private final List<JournalEntry> slots = new ArrayList<>();
    private long firstSeq;
    private long nextSeq;
    private Totals totals = Totals.ZERO;

    Journal(int capacity) {
        this.capacity = capacity;
    }

    /** The entries that are kept, oldest first. */
    public List<JournalEntry> entries() {
        return entries(0, Integer.MAX_VALUE);
    }

    /** Some of the entries that are kept, oldest first: from a number on, so many at most. */
    public synchronized List<JournalEntry> entries(long fromSeq, int most) {
        long first = Math.max(fromSeq, nextSeq - slots.size());
        long count = Math.min(most, Math.max(0, nextSeq - first));
        List<JournalEntry> ordered = new ArrayList<>(Math.toIntExact(count));
        for (long seq = first; seq < first + count; seq++) {
            ordered.add(slots.get(slot(seq)));
        }
        return ordered;
    }

    /** The sums over all entries since the start or the last reset, also over those that are no longer kept. */
    public synchronized Totals totals() {
        return totals;
    }

    /** Writes an entry and answers it with its number. */
    synchronized JournalEntry append(JournalEntry entry) {
        JournalEntry numbered = entry.numbered(nextSeq++);
        if (slots.size() < capacity) {
            slots.add(numbered);
        } else {
            slots.set(slot(numbered.seq()), numbered);
        }
        totals = totals.plus(numbered, 1);
        return numbered;
    }

    /** Replaces an entry; one that was dropped by a reset stays dropped. */
    synchronized void replace(JournalEntry before, JournalEntry after) {
        if (before.seq() < firstSeq) {
            return;
        }
        totals = totals.plus(before, -1).plus(after, 1);
        if (before.seq() >= nextSeq - slots.size()) {
            slots.set(slot(before.seq()), after);
        }
    }

    synchronized void clear() {
        slots.clear();
        firstSeq = nextSeq;
        totals = Totals.ZERO;
    }

    private int slot(long seq) {
        return Math.toIntExact((seq - firstSeq) % capacity);
    }

    /**
     * Sums over entries.
     *
     * @param requests all entries
     * @param ok those with the outcome {@code ok} and a whole response
     * @param tooMany those with status 429
     * @param otherFailures all that ended in another way
     * @param promptTokens tokens of generated answers, as the other tokens and the cost
     */
    public record Totals(
            long requests,
            long ok,
            long tooMany,
            long otherFailures,
            long promptTokens,
            long completionTokens,
            long reasoningTokens,
            long costTicks) {
        static final Totals ZERO = new Totals(0, 0, 0, 0, 0, 0, 0, 0);

        Totals plus(JournalEntry entry, int sign) {
            boolean good = entry.outcome().equals(JournalEntry.OK) && entry.answered();
            boolean many = entry.status() == 429;
            boolean open = entry.outcome().equals(JournalEntry.IN_FLIGHT);
            return new Totals(
                    requests + sign,
                    ok + (good ? sign : 0),
                    tooMany + (many ? sign : 0),
                    otherFailures + (good || many || open ? 0 : sign),
                    promptTokens + (long) sign * entry.promptTokens(),
                    completionTokens + (long) sign * entry.completionTokens(),
                    reasoningTokens + (long) sign * entry.reasoningTokens(),
                    costTicks + sign * entry.costTicks());
        }
    }
}
