package dev.weir.dispatch;

import dev.weir.deadletter.DeadLetter;
import dev.weir.event.Blob;
import dev.weir.event.EventHeader;
import dev.weir.event.SourceCoordinates;
import dev.weir.event.WeirHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a retry record says about itself, in headers that stand behind the request's own.
 *
 * @param offset the request's offset in its partition
 * @param tryNumber the try that it will be
 * @param id the request's id
 * @param dueMillis when the try may start, epoch milliseconds
 * @param firstSeenMillis when the request was first read, epoch milliseconds
 */
record RetryTicket(long offset, int tryNumber, String id, long dueMillis, long firstSeenMillis) {
    private static final int HEADERS = 9;

    /** The request's own headers, and the ticket behind them. */
    static List<EventHeader> attach(Payload payload, Move.Retry retry, SourceCoordinates source) {
        Entry entry = retry.next();
        List<EventHeader> headers = new ArrayList<>(payload.headers());
        headers.add(EventHeader.text(WeirHeaders.ID, entry.id()));
        headers.add(EventHeader.text(
                WeirHeaders.TRY, Integer.toString(entry.progress().tries())));
        headers.add(EventHeader.text(
                WeirHeaders.ATTEMPT, Integer.toString(entry.progress().attempts())));
        headers.add(EventHeader.text(WeirHeaders.NOT_BEFORE, Long.toString(retry.dueMillis())));
        headers.add(EventHeader.text(WeirHeaders.FIRST_SEEN, Long.toString(entry.receivedAtMillis())));
        headers.add(EventHeader.text(WeirHeaders.REASON, retry.error().reason().id()));
        headers.addAll(DeadLetter.coordinates(source));
        return headers;
    }

    /** The ticket of a retry record of this partition; empty when the record is none of ours. */
    static Optional<RetryTicket> read(List<EventHeader> headers, int partition) {
        if (headers.size() < HEADERS) {
            return Optional.empty();
        }
        List<EventHeader> ticket = headers.subList(headers.size() - HEADERS, headers.size());
        Long tryNumber = number(ticket, WeirHeaders.TRY);
        Long sourcePartition = number(ticket, WeirHeaders.SOURCE_PARTITION);
        Long offset = number(ticket, WeirHeaders.SOURCE_OFFSET);
        Long due = number(ticket, WeirHeaders.NOT_BEFORE);
        Long firstSeen = number(ticket, WeirHeaders.FIRST_SEEN);
        String id = text(ticket, WeirHeaders.ID);
        if (tryNumber == null || offset == null || sourcePartition == null || sourcePartition != partition) {
            return Optional.empty();
        }
        if (id == null || due == null || firstSeen == null) {
            return Optional.empty();
        }
        boolean possible = offset >= 0 && tryNumber >= 1 && tryNumber <= Integer.MAX_VALUE;
        return possible
                ? Optional.of(new RetryTicket(offset, tryNumber.intValue(), id, due, firstSeen))
                : Optional.empty();
    }

    /** Whether it was given to that try, as far as it tells: a stray producer knows the offset, but hardly the rest. */
    boolean isOf(Entry entry) {
        return entry.status() instanceof Status.Retrying retrying
                && entry.progress().tries() == tryNumber
                && entry.id().equals(id)
                && retrying.dueMillis() == dueMillis
                && entry.receivedAtMillis() == firstSeenMillis;
    }

    /** The request's own headers. */
    static List<EventHeader> detach(List<EventHeader> headers) {
        return headers.subList(0, headers.size() - HEADERS);
    }

    private static @Nullable Long number(List<EventHeader> ticket, String name) {
        String text = text(ticket, name);
        try {
            return text == null ? null : Long.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable String text(List<EventHeader> ticket, String name) {
        for (EventHeader header : ticket) {
            Blob value = header.value();
            if (header.name().equals(name) && value != null) {
                return value.text();
            }
        }
        return null;
    }
}
