package dev.weir.simulator;

import com.linecorp.armeria.server.ServiceRequestContext;

/**
 * The journal's side of one request that is being answered.
 *
 * <p>Threading: any thread; the event loop of the request ends it and reports a client that is gone, in either order.
 */
final class Flight {
    private final Journal journal;
    private JournalEntry entry;
    private boolean gone;
    private boolean ended;

    private Flight(Journal journal, JournalEntry entry) {
        this.journal = journal;
        this.entry = entry;
    }

    /** Writes the entry of a request and watches whether its client stays until the end. */
    static Flight start(Journal journal, JournalEntry draft, ServiceRequestContext ctx) {
        Flight flight = new Flight(journal, journal.append(draft));
        var unused = ctx.log().whenComplete().thenAccept(log -> {
            if (log.responseCause() != null) {
                flight.abandon();
            }
        });
        return flight;
    }

    /**
     * Writes the end, just before the client can see it.
     *
     * @param answered whether the client is about to get a whole response
     */
    synchronized void end(int status, String outcome, boolean answered) {
        ended = true;
        if (gone) {
            replace(entry.ended(0, JournalEntry.ABANDONED, false));
        } else {
            replace(entry.ended(status, outcome, answered));
        }
    }

    /** Writes that the client left. */
    synchronized void abandon() {
        gone = true;
        if (!ended) {
            replace(entry.ended(0, JournalEntry.ABANDONED, false));
        } else if (entry.answered()) {
            replace(entry.ended(entry.status(), entry.outcome(), false));
        }
    }

    private void replace(JournalEntry after) {
        journal.replace(entry, after);
        entry = after;
    }
}
