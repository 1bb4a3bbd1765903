package dev.weir.deadletter;

import dev.weir.event.Blob;
import dev.weir.event.EventHeader;
import dev.weir.event.RequestFormat;
import dev.weir.event.RequestReading;
import dev.weir.event.SourceCoordinates;
import dev.weir.event.WeirHeaders;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a dead letter of Weir's says of itself. Reason and class are texts: another version may know more of them.
 *
 * @param id the request's id
 * @param reason why it died
 * @param stopClass the class of the reason
 * @param message for people; no prompt text
 * @param httpStatus Grok's status, or null
 * @param attempts how many attempts were charged, 0 or more
 * @param firstSeenMillis when the gateway first read the request, epoch milliseconds
 * @param notBeforeMillis when its last try was due, epoch milliseconds, or null where the letter does not say
 * @param source the request record
 * @param redrives how often it had been sent again before it died
 * @param replay the replay that sent it, or null
 * @param tenant its tenant, or null
 * @param model the model it asks for, or null if the request cannot be read
 */
public record LetterFacts(
        String id,
        String reason,
        String stopClass,
        String message,
        @Nullable Integer httpStatus,
        int attempts,
        long firstSeenMillis,
        @Nullable Long notBeforeMillis,
        SourceCoordinates source,
        int redrives,
        @Nullable String replay,
        @Nullable String tenant,
        @Nullable String model) {

    /** Reads the headers, and of the value only tenant and model; empty for a record that Weir did not write. */
    static Optional<LetterFacts> read(
            List<EventHeader> headers, @Nullable Blob value, long timestampMillis, RequestFormat format) {
        Optional<String> id = HeaderTexts.last(headers, WeirHeaders.ID);
        Optional<String> reason = HeaderTexts.last(headers, WeirHeaders.REASON);
        Optional<String> stopClass = HeaderTexts.last(headers, WeirHeaders.CLASS);
        Optional<SourceCoordinates> source = source(headers);
        if (id.isEmpty() || reason.isEmpty() || stopClass.isEmpty() || source.isEmpty()) {
            return Optional.empty();
        }
        RequestReading reading = format.read(value, headers, source.get());
        return Optional.of(new LetterFacts(
                id.get(),
                reason.get(),
                stopClass.get(),
                HeaderTexts.last(headers, WeirHeaders.MESSAGE).orElse(""),
                HeaderTexts.small(headers, WeirHeaders.HTTP_STATUS).orElse(null),
                HeaderTexts.small(headers, WeirHeaders.ATTEMPT).orElse(0),
                HeaderTexts.whole(headers, WeirHeaders.FIRST_SEEN).orElse(timestampMillis),
                HeaderTexts.whole(headers, WeirHeaders.NOT_BEFORE).orElse(null),
                source.get(),
                HeaderTexts.small(headers, WeirHeaders.REDRIVE_COUNT).orElse(0),
                HeaderTexts.last(headers, WeirHeaders.REDRIVE).orElse(null),
                tenant(reading),
                reading instanceof RequestReading.Accepted accepted
                        ? accepted.request().model()
                        : null));
    }

    private static Optional<SourceCoordinates> source(List<EventHeader> headers) {
        Optional<String> topic = HeaderTexts.last(headers, WeirHeaders.SOURCE_TOPIC);
        Optional<Integer> partition = HeaderTexts.small(headers, WeirHeaders.SOURCE_PARTITION);
        Optional<Long> offset = HeaderTexts.whole(headers, WeirHeaders.SOURCE_OFFSET);
        return topic.flatMap(
                name -> partition.flatMap(number -> offset.map(at -> new SourceCoordinates(name, number, at))));
    }

    private static @Nullable String tenant(RequestReading reading) {
        if (reading instanceof RequestReading.Accepted accepted) {
            return accepted.request().tenant();
        }
        return reading instanceof RequestReading.Rejected rejected ? rejected.tenant() : null;
    }
}
