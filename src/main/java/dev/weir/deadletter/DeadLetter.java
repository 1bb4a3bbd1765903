package dev.weir.deadletter;

import dev.weir.event.ErrorInfo;
import dev.weir.event.EventHeader;
import dev.weir.event.SourceCoordinates;
import dev.weir.event.WeirHeaders;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a dead letter; its key and value are the request's own, unchanged.
 *
 * @param id the request's id
 * @param source the request record
 * @param error why it died
 * @param attempts how many attempts were charged
 * @param firstSeenMillis when the gateway first read it, epoch milliseconds
 * @param dueMillis when its last retry was due, epoch milliseconds, or null when there was none
 */
public record DeadLetter(
        String id,
        SourceCoordinates source,
        ErrorInfo error,
        int attempts,
        long firstSeenMillis,
        @Nullable Long dueMillis) {
    private static final int LONGEST_MESSAGE = 500;

    /** The headers, Weir's own and the standard names of Kafka Streams; no prompt text, no key material. */
    public List<EventHeader> headers() {
        List<EventHeader> headers = new ArrayList<>();
        add(headers, WeirHeaders.ID, id);
        add(headers, WeirHeaders.ATTEMPT, Integer.toString(attempts));
        add(headers, WeirHeaders.NOT_BEFORE, Long.toString(dueMillis == null ? firstSeenMillis : dueMillis));
        add(headers, WeirHeaders.FIRST_SEEN, Long.toString(firstSeenMillis));
        add(headers, WeirHeaders.REASON, error.reason().id());
        add(headers, WeirHeaders.CLASS, error.stopClass().wireName());
        add(headers, WeirHeaders.MESSAGE, shortened(error.message()));
        if (error.httpStatus() != null) {
            add(headers, WeirHeaders.HTTP_STATUS, error.httpStatus().toString());
        }
        headers.addAll(coordinates(source));
        add(headers, WeirHeaders.STREAMS_EXCEPTION, "dev.weir." + error.reason().id());
        add(headers, WeirHeaders.STREAMS_MESSAGE, shortened(error.message()));
        add(headers, WeirHeaders.STREAMS_TOPIC, source.topic());
        add(headers, WeirHeaders.STREAMS_PARTITION, Integer.toString(source.partition()));
        add(headers, WeirHeaders.STREAMS_OFFSET, Long.toString(source.offset()));
        return headers;
    }

    /** The original coordinates, as retries and dead letters carry them. */
    public static List<EventHeader> coordinates(SourceCoordinates source) {
        return List.of(
                EventHeader.text(WeirHeaders.SOURCE_TOPIC, source.topic()),
                EventHeader.text(WeirHeaders.SOURCE_PARTITION, Integer.toString(source.partition())),
                EventHeader.text(WeirHeaders.SOURCE_OFFSET, Long.toString(source.offset())));
    }

    private static void add(List<EventHeader> headers, String name, String value) {
        headers.add(EventHeader.text(name, value));
    }

    private static String shortened(String message) {
        return message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE) + "…";
    }
}
