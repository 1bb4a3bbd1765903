package dev.weir.dispatch;

import org.jspecify.annotations.Nullable;

/**
 * What has happened to an open request so far.
 *
 * @param tries how many permits were asked for, the current one included
 * @param attempts how many failed attempts were charged
 * @param uncharged how many tries in a row were throttled or halted
 * @param repeats how often it was asked again because a process was lost with its call
 * @param possiblyRepeated whether a call for it may have been made twice, the one under way not counted
 * @param queueMillis waited for permits
 * @param retryMillis waited in retry tiers
 * @param providerMillis calls under way
 * @param sinceMillis when the current status began, epoch milliseconds
 * @param perhapsMade whether a call that ended without an answer may have been made all the same; false in what earlier
 *     versions stored
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
        boolean perhapsMade,
        @Nullable Long dueMillis) {
    /** A request that was just read. */
    static Progress at(long nowMillis) {
        return new Progress(1, 0, 0, 0, false, 0, 0, 0, nowMillis, false, null);
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
                perhapsMade,
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
                perhapsMade,
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
                perhapsMade,
                dueMillis);
    }

    /** A call was made, or may have been: the second, if an earlier one may have been. */
    Progress made() {
        return calledBefore(possiblyRepeated || perhapsMade, perhapsMade);
    }

    /** The call ended without an answer and may have been made all the same. */
    Progress unanswered() {
        return calledBefore(possiblyRepeated, true);
    }

    private Progress calledBefore(boolean twice, boolean once) {
        return new Progress(
                tries,
                attempts,
                uncharged,
                repeats,
                twice,
                queueMillis,
                retryMillis,
                providerMillis,
                sinceMillis,
                once,
                dueMillis);
    }

    /** The process was lost with the call: it may have been made, and is asked for again. */
    Progress lost() {
        Progress before = made();
        return new Progress(
                tries + 1,
                attempts,
                uncharged,
                repeats + 1,
                before.possiblyRepeated(),
                queueMillis,
                retryMillis,
                providerMillis,
                sinceMillis,
                true,
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
                perhapsMade,
                millis);
    }
}
