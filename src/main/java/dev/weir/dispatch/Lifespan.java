package dev.weir.dispatch;

import dev.weir.event.ErrorInfo;
import java.time.Duration;
import java.time.Instant;

/**
 * Until when a request may stay open: until its deadline, else until its age. Pure.
 *
 * @param maxAge how long a request without deadline may stay open
 */
record Lifespan(Duration maxAge) {
    /**
     * A payload is back from its tier within seconds, for it waits out its due time in the ledger. One that is so late
     * will not come: its record was deleted, or nobody reads its tier any more.
     */
    static final Duration GRACE = Duration.ofMinutes(10);

    /** When the request is open for too long, epoch milliseconds. */
    long endMillis(Entry entry) {
        Long deadline = entry.deadlineMillis();
        return deadline == null ? entry.receivedAtMillis() + maxAge.toMillis() : deadline;
    }

    boolean isOver(Entry entry, long nowMillis) {
        return nowMillis >= endMillis(entry);
    }

    /** When a payload in a tier is waited for no more, epoch milliseconds. */
    long givenUpMillis(Entry entry, Status.Retrying retrying) {
        return afterGrace(Math.max(retrying.dueMillis(), endMillis(entry)));
    }

    /** The same, for a task that has read its tiers only since that time: before, nothing could come back. */
    long givenUpMillis(Entry entry, Status.Retrying retrying, long readingSinceMillis) {
        return Math.max(givenUpMillis(entry, retrying), afterGrace(readingSinceMillis));
    }

    /** Why a request that is open for too long ends, in words for the requester. */
    ErrorInfo error(Entry entry) {
        Long deadline = entry.deadlineMillis();
        return deadline == null ? Failures.tooOld(maxAge) : Failures.passed(Instant.ofEpochMilli(deadline));
    }

    private static long afterGrace(long millis) {
        return millis > Long.MAX_VALUE - GRACE.toMillis() ? Long.MAX_VALUE : millis + GRACE.toMillis();
    }
}
