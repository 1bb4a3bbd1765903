package dev.weir.status;

import dev.weir.event.GrokResponse;
import dev.weir.event.SourceCoordinates;
import dev.weir.status.ScopeReport.Place;
import org.jspecify.annotations.Nullable;

/**
 * What the topics tell of one request record.
 *
 * @param source the record
 * @param id the requester's id, or the coordinates
 * @param publishedMillis the record's time, epoch milliseconds
 * @param answer its outcome, or null
 * @param answeredMillis when it was written, epoch milliseconds, 0 without one
 * @param retried its last way through a retry tier, or null
 * @param deadLetter where its dead letter stands, or null
 * @param inLine its place in line, or null
 * @param follows an earlier open request with the same id in the same partition, or null
 * @param ahead how many records the gateway has to read before it, 0 once it was read; null when unknown
 * @param gaps whether older records of outcomes were left unread
 */
record RequestFacts(
        SourceCoordinates source,
        String id,
        long publishedMillis,
        @Nullable GrokResponse answer,
        long answeredMillis,
        @Nullable Retried retried,
        @Nullable String deadLetter,
        @Nullable InLine inLine,
        @Nullable SourceCoordinates follows,
        @Nullable Long ahead,
        boolean gaps) {
    /**
     * A record of a retry tier.
     *
     * @param tryNumber the try that it was or will be
     * @param attempts charged so far
     * @param reason why the try before ended
     * @param notBefore when it may start, epoch milliseconds
     */
    record Retried(String tryNumber, String attempts, String reason, long notBefore) {}

    /**
     * A place in the line of a scope.
     *
     * @param scope the scope
     * @param place the place
     */
    record InLine(ScopeReport scope, Place place) {}
}
