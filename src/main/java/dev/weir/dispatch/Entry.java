package dev.weir.dispatch;

import dev.weir.event.GrokRequest;
import dev.weir.event.Priority;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger knows of an open request, without its payload.
 *
 * @param id the request's id
 * @param ownId whether the requester chose the id, so that it can be seen again
 * @param redrive how often it came back from the dead letters
 * @param model the model asked for
 * @param scope the quota it falls under
 * @param priority how urgent
 * @param tenant for whom, empty when it names none
 * @param receivedAtMillis when it was first read, epoch milliseconds
 * @param deadlineMillis when a call may start at the latest, epoch milliseconds, or null
 * @param bodyBytes the size of its body
 * @param maxCompletionTokens its own bound on visible output, or null
 * @param progress what has happened so far
 * @param status where it stands
 * @param issuer who gave out the id, or null
 */
record Entry(
        String id,
        boolean ownId,
        int redrive,
        String model,
        String scope,
        Priority priority,
        String tenant,
        long receivedAtMillis,
        @Nullable Long deadlineMillis,
        int bodyBytes,
        @Nullable Long maxCompletionTokens,
        Progress progress,
        Status status,
        @Nullable String issuer) {
    /** A request that was just read, in that scope. */
    static Entry of(GrokRequest request, boolean ownId, String scope, long nowMillis) {
        Instant deadline = request.deadline();
        String tenant = request.tenant();
        return new Entry(
                request.id(),
                ownId,
                request.redriveCount(),
                request.model(),
                scope,
                request.priority(),
                tenant == null ? "" : tenant,
                nowMillis,
                deadline == null ? null : deadline.toEpochMilli(),
                request.body().size(),
                request.maxCompletionTokens(),
                Progress.at(nowMillis),
                new Status.Waiting(),
                request.issuer());
    }

    /** A record of which it cannot be told what it asks. */
    static Entry undecoded(String id, long receivedAtMillis, Status.Undecoded status) {
        return new Entry(
                id,
                false,
                0,
                "",
                "",
                Priority.NORMAL,
                "",
                receivedAtMillis,
                null,
                0,
                null,
                Progress.at(receivedAtMillis),
                status,
                null);
    }

    /** The same request in another status from now on. */
    Entry move(Status next, long nowMillis) {
        return with(progress.leave(status, nowMillis), next);
    }

    /** The same request with other progress. */
    Entry with(Progress changed) {
        return with(changed, status);
    }

    private Entry with(Progress changed, Status next) {
        return new Entry(
                id,
                ownId,
                redrive,
                model,
                scope,
                priority,
                tenant,
                receivedAtMillis,
                deadlineMillis,
                bodyBytes,
                maxCompletionTokens,
                changed,
                next,
                issuer);
    }

    /** The key of its outcome: an id is its own again after a redrive. */
    String outcomeKey() {
        return outcomeKey(redrive, id, issuer);
    }

    /** The key of the outcome of such a request; ids hold no line break. */
    static String outcomeKey(int redrive, String id, @Nullable String issuer) {
        return redrive + ":" + id + (issuer == null ? "" : "\n" + issuer);
    }

    /** What stands next behind the keys of such requests that name an issuer. */
    static String behindIssuers(int redrive, String id) {
        return redrive + ":" + id + "\u000b";
    }
}
