package dev.weir.dispatch;

import org.jspecify.annotations.Nullable;

/**
 * What has happened to an open request so far.
 *
 * @param tries how many permits were asked for, the current one included
 * @param attempts how many failed attempts were charged
 * @param uncharged how many tries in a row were throttled or halted
 * @param repeats how often it was asked again because a process was lost with its call
 * @param possiblyRepeated whether a call for it may have been made twice
 * @param queueMillis waited for permits
 * @param retryMillis waited in retry tiers
 * @param providerMillis calls under way
 * @param sinceMillis when the current status began, epoch milliseconds
 * @param dueMillis when the last retry was due, epoch milliseconds, or null when there was none
 */
record Progress(
        int tries,
        int attempts,
        int uncharged,
        int repeats,
        boolean possiblyRepeated,
        long queueMillis,
        long retryMillis,
        long providerMillis,
        long sinceMillis,
        @Nullable Long dueMillis) {
    /** A request that was just read. */
    static Progress at(long nowMillis) {
        return new Progress(1, 0, 0, 0, false, 0, 0, 0, nowMillis, null);
    }

    /** The time in the given status goes to its account; time in flight is accounted by the call itself. */
    Progress leave(Status status, long nowMillis) {
        long spent = Math.max(0, nowMillis - sinceMillis);
        boolean queued = status instanceof Status.Waiting || status instanceof Status.Following;
        boolean delayed = status instanceof Status.Delayed || status instanceof Status.Retrying;
        return new Progress(
                tries,
                attempts,
                uncharged,
                repeats,
                possiblyRepeated,
                queueMillis + (queued ? spent : 0),
                retryMillis + (delayed ? spent : 0),
                providerMillis,
                nowMillis,
                dueMillis);
    }

    /** One more ask. */
    Progress nextTry() {
        return new Progress(
                tries + 1,
                attempts,
                uncharged,
                repeats,
                possiblyRepeated,
                queueMillis,
                retryMillis,
                providerMillis,
                sinceMillis,
                dueMillis);
    }

    /** A call ended after so long; attempts as the policy says, uncharged counted when nothing was charged. */
    Progress called(long callMillis, int attemptsNow) {
        return new Progress(
                tries,
                attemptsNow,
                attemptsNow == attempts ? uncharged + 1 : 0,
                repeats,
                possiblyRepeated,
                queueMillis,
                retryMillis,
                providerMillis + Math.max(0, callMillis),
                sinceMillis,
                dueMillis);
    }

    /** A call that ended without an answer may have been made all the same. */
    Progress perhapsMade() {
        return new Progress(
                tries,
                attempts,
                uncharged,
                repeats,
                true,
                queueMillis,
                retryMillis,
                providerMillis,
                sinceMillis,
                dueMillis);
    }

    /** The process was lost with the call: it may have been made, and is asked for again. */
    Progress lost() {
        return new Progress(
                tries + 1,
                attempts,
                uncharged,
                repeats + 1,
                true,
                queueMillis,
                retryMillis,
                providerMillis,
                sinceMillis,
                dueMillis);
    }

    /** A retry is due then. */
    Progress due(long millis) {
        return new Progress(
                tries,
                attempts,
                uncharged,
                repeats,
                possiblyRepeated,
                queueMillis,
                retryMillis,
                providerMillis,
                sinceMillis,
                millis);
    }
}
