package dev.weir.cli;

import dev.weir.event.SourceCoordinates;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The published requests whose response has not come yet, by coordinates, and the counts of a submission.
 *
 * <p>Threading: published by the producer's thread, answered and read by the submitting thread.
 */
final class Outstanding {
    private final Set<SourceCoordinates> open = new LinkedHashSet<>();
    private final boolean awaited;
    private long published;
    private long answered;
    private long succeeded;
    private long refused;
    private String firstRefusal = "";

    /** With or without the wish to hear of responses; without it only counts are kept. */
    Outstanding(boolean awaited) {
        this.awaited = awaited;
    }

    /** Kafka has the request. */
    synchronized void published(SourceCoordinates at) {
        published++;
        if (awaited) {
            open.add(at);
        }
    }

    /** Kafka does not have the request. */
    synchronized void refused(String why) {
        if (refused++ == 0) {
            firstRefusal = why;
        }
    }

    /** Notes a response and says whether it is the first to a request of this submission. */
    synchronized boolean answered(SourceCoordinates source, boolean success) {
        if (!open.remove(source)) {
            return false;
        }
        answered++;
        succeeded += success ? 1 : 0;
        return true;
    }

    synchronized Counts counts() {
        return new Counts(published, answered, succeeded, refused, firstRefusal);
    }

    /** Some of the requests that have no response. */
    synchronized List<SourceCoordinates> open(int most) {
        return open.stream().limit(most).toList();
    }

    /**
     * The counts at one moment.
     *
     * @param published how many Kafka has
     * @param answered how many of those have a response
     * @param succeeded how many of those succeeded
     * @param refused how many Kafka did not take
     * @param firstRefusal why, for the first of them
     */
    record Counts(long published, long answered, long succeeded, long refused, String firstRefusal) {
        long missing() {
            return published - answered;
        }

        long notSucceeded() {
            return answered - succeeded;
        }

        /** Whether every request got its answer from Grok. */
        boolean allSucceeded() {
            return refused == 0 && succeeded == published;
        }
    }
}
