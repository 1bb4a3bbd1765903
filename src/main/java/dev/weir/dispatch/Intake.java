package dev.weir.dispatch;

import dev.weir.deadletter.DeadLetter;
import dev.weir.event.Blob;
import dev.weir.event.ErrorInfo;
import dev.weir.event.EventHeader;
import dev.weir.event.GrokRequest;
import dev.weir.event.GrokResponse;
import dev.weir.event.Priority;
import dev.weir.event.Reason;
import dev.weir.event.RequestReading;
import dev.weir.event.RequestReading.Accepted;
import dev.weir.event.RequestReading.Rejected;
import dev.weir.event.RequestReading.Unavailable;
import dev.weir.event.ResponseCodec;
import dev.weir.event.SourceCoordinates;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Takes records in: new requests, junk among them, and payloads that come back from retry tiers. */
final class Intake {
    private final Task task;
    private final Desk desk;
    private final Queue<Return> durable = new ConcurrentLinkedQueue<>();
    private int undurable;

    /** A payload that came back from the tier of that try. */
    private record Return(long offset, int tryNumber) {}

    Intake(Task task, Desk desk) {
        this.task = task;
        this.desk = desk;
    }

    /** A record of the requests topic. */
    void request(long offset, @Nullable Blob key, @Nullable Blob value, List<EventHeader> headers, long nowMillis) {
        if (task.ledger().entry(offset) != null || task.ledger().isErasing(offset)) {
            task.metrics().ignored("request_read_twice");
            return;
        }
        task.metrics().accepted();
        SourceCoordinates source = task.source(offset);
        String poison = task.blame().condemned(offset).orElse(null);
        if (poison != null) {
            String message = Failures.poison(poison).message();
            Rejected rejected =
                    new Rejected(source.toString(), Reason.INTERNAL, message, Priority.NORMAL, null, null, Map.of());
            reject(rejected, source, key, value, headers, nowMillis);
            return;
        }
        RequestReading reading = read(key, value, headers, source);
        if (reading instanceof Accepted accepted && value != null) {
            accept(offset, new Payload(key, value, headers), accepted.request(), nowMillis);
        } else if (reading instanceof Rejected rejected) {
            reject(rejected, source, key, value, headers, nowMillis);
        } else if (reading instanceof Unavailable unavailable && value != null) {
            Payload payload = new Payload(key, value, headers);
            open(offset, payload, task.lifecycle().undecoded(unavailable.id(), nowMillis, 0, nowMillis), nowMillis);
        }
    }

    /** A record of which it could not be told what it asks is due to be read again. */
    void again(long offset, Entry entry, long nowMillis) {
        Payload payload = task.ledger().payload(offset);
        if (payload == null || !(entry.status() instanceof Status.Undecoded undecoded)) {
            throw new IllegalStateException("the ledger has no undecoded record for " + task.source(offset));
        }
        SourceCoordinates source = task.source(offset);
        RequestReading reading = task.format().read(payload.value(), payload.headers(), source);
        long receivedAtMillis = entry.receivedAtMillis();
        if (reading instanceof Unavailable unavailable) {
            desk.apply(
                    offset,
                    task.lifecycle().undecoded(unavailable.id(), receivedAtMillis, undecoded.readings(), nowMillis),
                    nowMillis);
            return;
        }
        task.ledger().remove(offset);
        if (reading instanceof Accepted accepted) {
            accept(offset, payload, accepted.request(), receivedAtMillis);
        } else if (reading instanceof Rejected rejected) {
            reject(rejected, source, payload.key(), payload.value(), payload.headers(), nowMillis);
        }
        task.commits().soon();
    }

    /** Of a record that is too large the headers alone are read. */
    private RequestReading read(
            @Nullable Blob key, @Nullable Blob value, List<EventHeader> headers, SourceCoordinates source) {
        long size = Payload.size(key, value, headers);
        if (size <= task.settings().requestMaxBytes()) {
            return task.format().read(value, headers, source);
        }
        String message = "the record has " + size + " bytes with key and headers, requests.max.bytes is "
                + task.settings().requestMaxBytes() + "; shorten it or raise the limit";
        boolean headersFit =
                Payload.size(null, null, headers) <= task.settings().requestMaxBytes();
        return headersFit && task.format().read(null, headers, source) instanceof Rejected told
                ? new Rejected(
                        told.id(),
                        Reason.OVERSIZE,
                        message,
                        told.priority(),
                        told.tenant(),
                        told.conversation(),
                        told.metadata())
                : new Rejected(source.toString(), Reason.OVERSIZE, message, Priority.NORMAL, null, null, Map.of());
    }

    private void accept(long offset, Payload payload, GrokRequest request, long nowMillis) {
        desk.found(offset, request);
        boolean ownId = !request.id().equals(task.source(offset).toString());
        String cancelled = cancelled(offset, request, nowMillis);
        if (cancelled != null) {
            Move move = task.lifecycle().accept(request, ownId, nowMillis);
            open(
                    offset,
                    payload,
                    move instanceof Move.Ask ask ? task.lifecycle().cancelled(ask.next(), cancelled, nowMillis) : move,
                    nowMillis);
            return;
        }
        if (!ownId) {
            open(offset, payload, task.lifecycle().accept(request, false, nowMillis), nowMillis);
            return;
        }
        String outcomeKey = Entry.outcomeKey(request.redriveCount(), request.id(), request.issuer());
        Outcomes.Known known = task.outcomes().find(outcomeKey, nowMillis);
        if (known instanceof Outcomes.Known.Done done) {
            GrokResponse first = ResponseCodec.read(done.response().bytes());
            desk.duplicate(offset, payload, request, first, nowMillis, nowMillis);
        } else if (known instanceof Outcomes.Known.Open open && task.ledger().entry(open.leader()) != null) {
            open(offset, payload, task.lifecycle().follow(request, open.leader(), nowMillis), nowMillis);
        } else {
            task.outcomes().open(outcomeKey, offset);
            open(offset, payload, task.lifecycle().accept(request, true, nowMillis), nowMillis);
        }
    }

    /** The word of a cancel that came before the request, or null. */
    private @Nullable String cancelled(long offset, GrokRequest request, long nowMillis) {
        String byId = task.cancels().take(request.id(), nowMillis);
        return byId == null ? task.cancels().take(task.source(offset).toString(), nowMillis) : byId;
    }

    private void open(long offset, Payload payload, Move move, long nowMillis) {
        task.ledger().putPayload(offset, payload);
        desk.apply(offset, move, nowMillis);
    }

    private void reject(
            Rejected rejected,
            SourceCoordinates source,
            @Nullable Blob key,
            @Nullable Blob value,
            List<EventHeader> headers,
            long nowMillis) {
        GrokResponse response = Responses.of(rejected, source, nowMillis);
        boolean keyFits = Payload.size(key, null, headers) <= task.settings().requestMaxBytes();
        boolean fits = Payload.size(key, value, headers) <= task.settings().requestMaxBytes();
        List<EventHeader> carried =
                task.format().carriedOver(fits ? value : null, keyFits ? headers : List.of(), response);
        task.outputs()
                .response(
                        keyFits ? key : null,
                        task.format().write(response),
                        Outputs.responseHeaders(carried, response),
                        nowMillis);
        task.metrics().responded(response);
        ErrorInfo error = Responses.error(rejected);
        DeadLetter letter = new DeadLetter(rejected.id(), source, error, 0, nowMillis, null);
        task.outputs().deadLetter(key, value, headers, letter, nowMillis);
        task.metrics().deadLettered(error);
    }

    /** A record of a retry tier. */
    void retried(@Nullable Blob key, @Nullable Blob value, List<EventHeader> headers, long nowMillis) {
        RetryTicket ticket = RetryTicket.read(headers, task.partition()).orElse(null);
        Entry entry = ticket == null ? null : task.ledger().entry(ticket.offset());
        if (ticket == null || entry == null || value == null) {
            task.metrics().ignored("retry_of_no_open_request");
            return;
        }
        task.blame().takes(ticket.offset());
        Move move = task.lifecycle().returned(entry, ticket.tryNumber(), nowMillis);
        if (move instanceof Move.Stay) {
            task.metrics().ignored("retry_of_another_try");
            return;
        }
        Payload payload = new Payload(key, value, RetryTicket.detach(headers));
        String poison = task.blame().condemned(ticket.offset()).orElse(null);
        if (poison != null) {
            desk.condemn(ticket.offset(), entry, payload, poison, nowMillis);
            return;
        }
        RequestReading reading = task.format().read(payload.value(), payload.headers(), task.source(ticket.offset()));
        if (reading instanceof Rejected rejected && ticket.isOf(entry)) {
            Move.End end = move instanceof Move.End cancelled
                    ? cancelled
                    : task.lifecycle().unreadable(entry, rejected, nowMillis);
            desk.endUnread(ticket.offset(), end, payload, nowMillis);
            return;
        }
        if (!isOf(entry, reading)) {
            task.metrics().ignored("retry_of_another_payload");
            return;
        }
        task.ledger().putPayload(ticket.offset(), payload);
        if (task.settings().transactional()) {
            desk.apply(ticket.offset(), move, nowMillis);
        } else {
            undurable++;
            task.commits().whenDurable(() -> durable.add(new Return(ticket.offset(), ticket.tryNumber())));
        }
    }

    /** Whether payloads that came back are not durable yet. */
    boolean isWaiting() {
        return undurable > 0;
    }

    /**
     * Goes on with what came back and is durable now: before, the entry must say that the payload is in its tier, or a
     * crash would leave an entry without a payload for which the tier's record has come too late.
     */
    void proceed(long nowMillis) {
        for (Return next = durable.poll(); next != null; next = durable.poll()) {
            undurable--;
            task.blame().takes(next.offset());
            Entry entry = task.ledger().entry(next.offset());
            Move move = entry == null ? null : task.lifecycle().returned(entry, next.tryNumber(), nowMillis);
            if (move == null || move instanceof Move.Stay) {
                task.metrics().ignored("retry_of_another_try");
            } else {
                desk.apply(next.offset(), move, nowMillis);
            }
        }
    }

    /**
     * Whether it can be the payload that left: a stray producer may write into a tier. The true one comes all the same.
     */
    private static boolean isOf(Entry entry, RequestReading reading) {
        return reading instanceof Unavailable
                || (reading instanceof Accepted accepted
                        && accepted.request().id().equals(entry.id())
                        && accepted.request().model().equals(entry.model()));
    }
}
