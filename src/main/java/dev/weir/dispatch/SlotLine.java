package dev.weir.dispatch;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * Requests of a partition that need no permit and wait for a slot of this process, the most urgent first. What is here
 * is in the ledger as waiting, which tells it after a restart. Threading: the task's stream thread.
 */
final class SlotLine {
    private final TreeSet<Ticket> waiting =
            new TreeSet<>(Comparator.comparingLong(Ticket::rank).thenComparingLong(Ticket::offset));
    private final Map<Long, Ticket> tickets = new HashMap<>();

    /**
     * A place in line.
     *
     * @param rank smaller is earlier
     */
    private record Ticket(long rank, long offset) {}

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    int size() {
        return waiting.size();
    }

    boolean contains(long offset) {
        return tickets.containsKey(offset);
    }

    /** One that is in line keeps its place. */
    void add(long offset, long rank) {
        Ticket ticket = new Ticket(rank, offset);
        if (tickets.putIfAbsent(offset, ticket) == null) {
            waiting.add(ticket);
        }
    }

    /** The offset of the most urgent of some. */
    long first() {
        return waiting.first().offset();
    }

    /** Leaves the line; whether it was in it. */
    boolean remove(long offset) {
        Ticket ticket = tickets.remove(offset);
        return ticket != null && waiting.remove(ticket);
    }
}
