package dev.weir.dispatch;

import dev.weir.deadletter.DeadLetter;
import dev.weir.event.Blob;
import dev.weir.event.ErrorInfo;
import dev.weir.event.EventHeader;
import dev.weir.event.GrokRequest;
import dev.weir.event.GrokResponse;
import dev.weir.event.Reason;
import dev.weir.event.ResponseStatus;
import dev.weir.event.StopClass;
import dev.weir.grok.GrokOutcome;
import dev.weir.permit.LeaseKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Carries out the moves that the lifecycle decides. Threading: the task's stream thread. */
final class Desk {
    private final Task task;
    private final Readings readings;
    private final Departures departures;

    Desk(Task task) {
        this.task = task;
        this.readings = new Readings(task);
        this.departures = new Departures(task, readings, this);
    }

    /** The way to the calls. */
    Departures departures() {
        return departures;
    }

    /** What the payload at that offset was found to ask. */
    void found(long offset, GrokRequest request) {
        readings.found(offset, request);
    }

    void apply(long offset, Move move, long nowMillis) {
        task.blame().takes(offset);
        if (move instanceof Move.Ask ask) {
            departures.ask(offset, ask.next(), nowMillis);
        } else if (move instanceof Move.Call call) {
            departures.call(offset, call, true, nowMillis);
        } else if (move instanceof Move.Retry retry) {
            retry(offset, retry, nowMillis);
        } else if (move instanceof Move.Hold hold) {
            task.ledger().put(offset, hold.next());
        } else if (move instanceof Move.End end) {
            end(offset, end, nowMillis);
        }
    }

    /** A call of that try is over, made here or elsewhere. A paid answer is taken whatever try it is of. */
    void finished(LeaseKey key, Entry entry, GrokOutcome outcome, long callMillis, long nowMillis) {
        Lifecycle lifecycle = task.lifecycle();
        double draw = task.random().nextDouble();
        Move move = lifecycle.finished(entry, key.tryNumber(), outcome, callMillis, nowMillis, draw);
        if (move instanceof Move.Stay && outcome instanceof GrokOutcome.Answered answer) {
            move = lifecycle.lateAnswer(entry, answer, callMillis, nowMillis);
        }
        apply(key.offset(), move, nowMillis);
    }

    private void retry(long offset, Move.Retry retry, long nowMillis) {
        Payload payload = payload(offset);
        List<EventHeader> headers = RetryTicket.attach(payload, retry, task.source(offset));
        task.outputs().retry(retry.tier(), payload, headers, nowMillis);
        task.ledger().putWithoutPayload(offset, retry.next());
        task.metrics().retried(retry.tier().name(), retry.error());
        task.commits().soon();
    }

    private void end(long offset, Move.End decided, long nowMillis) {
        boolean needsNoCall = decided.status() == ResponseStatus.CANCELLED || decided.error() == null;
        Move.End end = needsNoCall ? callOff(offset, decided) : decided;
        if (end.last().status() instanceof Status.Retrying && task.ledger().payload(offset) == null) {
            endUnread(offset, end, Payload.NONE, nowMillis);
            return;
        }
        Payload payload = payload(offset);
        end(offset, end, payload, response(end, payload, offset, nowMillis), nowMillis);
    }

    /** A call under way for what ends without it: one that has not started never will, any other counts as made. */
    private Move.End callOff(long offset, Move.End end) {
        Entry last = end.last();
        if (!(last.status() instanceof Status.InFlight) || departures.takeBack(offset, last)) {
            return end;
        }
        return new Move.End(last.with(last.progress().made()), end.status(), end.error(), end.answer());
    }

    /** Ends an open request at which the thread failed twice, without another look into its payload. */
    void condemn(long offset, Entry entry, @Nullable Payload payload, String why, long nowMillis) {
        task.blame().takes(offset);
        Move.End end = callOff(offset, new Move.End(entry, ResponseStatus.FAILED, Failures.poison(why), null));
        endUnread(offset, end, payload == null ? Payload.NONE : payload, nowMillis);
    }

    /** Ends an open request by what its entry alone tells. */
    void endUnread(long offset, Move.End end, Payload payload, long nowMillis) {
        GrokRequest known = Readings.bare(end.last());
        end(offset, end, payload, Responses.of(end, known, task.source(offset), nowMillis), nowMillis);
    }

    private void end(long offset, Move.End end, Payload payload, GrokResponse made, long nowMillis) {
        Entry last = end.last();
        if (last.status() instanceof Status.Waiting) {
            departures.withdraw(offset, last);
        }
        Told told = tell(made, payload, last.receivedAtMillis(), last.progress().dueMillis(), nowMillis);
        task.ledger().remove(offset);
        readings.forget(offset);
        settleId(offset, last, told, nowMillis);
        task.commits().soon();
    }

    /**
     * What was told.
     *
     * @param written the value of its record
     */
    private record Told(GrokResponse response, Blob written) {}

    /** Tells the outcome, or that it is too large; what failed is dead-lettered too. Answers what was told. */
    private Told tell(
            GrokResponse made, Payload payload, long receivedAtMillis, @Nullable Long dueMillis, long nowMillis) {
        GrokResponse response = made;
        byte[] bytes = task.format().write(response);
        List<EventHeader> headers = responseHeaders(payload, response);
        if (Payload.size(payload.key(), Blob.of(bytes), headers)
                > task.settings().responseMaxBytes()) {
            response = tooLarge(response, bytes.length);
            bytes = task.format().write(response);
            headers = responseHeaders(payload, response);
        }
        task.outputs().response(payload.key(), bytes, headers, nowMillis);
        task.metrics().responded(response);
        ErrorInfo error = response.error();
        if (response.status() == ResponseStatus.FAILED && error != null) {
            DeadLetter letter = new DeadLetter(
                    response.id(), response.source(), error, response.attempts(), receivedAtMillis, dueMillis);
            task.outputs().deadLetter(payload.key(), payload.value(), payload.headers(), letter, nowMillis);
            task.metrics().deadLettered(error);
        }
        return new Told(response, Blob.of(bytes));
    }

    /** What an id means from now on, for itself and for the records that followed it. */
    private void settleId(long offset, Entry last, Told told, long nowMillis) {
        if (!last.ownId() || !task.outcomes().isLedBy(last.outcomeKey(), offset)) {
            return;
        }
        List<Long> followers = task.ledger().takeFollowers(offset);
        GrokResponse response = told.response();
        if (response.status() == ResponseStatus.SUCCEEDED) {
            task.outcomes()
                    .succeeded(
                            last.outcomeKey(),
                            task.format().json(response, told.written().bytes()),
                            nowMillis);
            followers.forEach(follower -> answer(follower, response, nowMillis));
            return;
        }
        if (followers.isEmpty()) {
            task.outcomes().forget(last.outcomeKey());
            return;
        }
        promote(followers, nowMillis);
    }

    /** The first follower asks in place of a leader that did not succeed; the others follow it. */
    private void promote(List<Long> followers, long nowMillis) {
        long leader = followers.get(0);
        for (long follower : followers) {
            Entry entry = task.ledger().entry(follower);
            if (entry == null) {
                continue;
            }
            if (follower == leader) {
                task.outcomes().open(entry.outcomeKey(), leader);
                departures.ask(leader, entry.move(new Status.Waiting(), nowMillis), nowMillis);
            } else {
                task.ledger().put(follower, entry.move(new Status.Following(leader), nowMillis));
            }
        }
    }

    private void answer(long follower, GrokResponse first, long nowMillis) {
        task.blame().takes(follower);
        Entry entry = task.ledger().entry(follower);
        if (entry != null) {
            Payload payload = payload(follower);
            duplicate(
                    follower,
                    payload,
                    readings.known(payload, follower, entry),
                    first,
                    entry.receivedAtMillis(),
                    nowMillis);
            task.ledger().remove(follower);
        }
    }

    /**
     * Answers a record from the outcome of an earlier one with the same id; its key and headers may make it too large.
     */
    void duplicate(
            long offset, Payload payload, GrokRequest own, GrokResponse first, long receivedAtMillis, long nowMillis) {
        tell(
                Responses.duplicate(first, own, task.source(offset), receivedAtMillis, nowMillis),
                payload,
                receivedAtMillis,
                null,
                nowMillis);
        task.commits().soon();
    }

    private List<EventHeader> responseHeaders(Payload payload, GrokResponse response) {
        return Outputs.responseHeaders(
                task.format().carriedOver(payload.value(), payload.headers(), response), response);
    }

    private GrokResponse response(Move.End end, Payload payload, long offset, long nowMillis) {
        return Responses.of(end, readings.known(payload, offset, end.last()), task.source(offset), nowMillis);
    }

    private static GrokResponse tooLarge(GrokResponse response, int bytes) {
        String message = "the response event would have " + bytes + " bytes; ask for less or raise"
                + " grok.max.response.bytes and the topic's max.message.bytes";
        return new GrokResponse(
                response.id(),
                ResponseStatus.FAILED,
                response.model(),
                null,
                null,
                response.usage(),
                new ErrorInfo(StopClass.FATAL, Reason.RESPONSE_TOO_LARGE, message, null, null),
                response.attempts(),
                response.possiblyRepeated(),
                response.duplicate(),
                response.timing(),
                response.priority(),
                response.tenant(),
                response.conversation(),
                response.metadata(),
                response.source());
    }

    Payload payload(long offset) {
        Payload payload = task.ledger().payload(offset);
        if (payload == null) {
            throw new IllegalStateException("the ledger has no payload for " + task.source(offset));
        }
        return payload;
    }
}
