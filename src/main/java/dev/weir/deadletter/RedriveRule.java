package dev.weir.deadletter;

import dev.weir.deadletter.RedriveDecision.Send;
import dev.weir.deadletter.RedriveDecision.Skip;
import dev.weir.event.Blob;
import dev.weir.event.EventHeader;
import dev.weir.event.EventTranslator;
import dev.weir.event.GrokRequest;
import dev.weir.event.RequestFormat;
import dev.weir.event.RequestReading;
import dev.weir.event.RequestReading.Accepted;
import dev.weir.event.RequestReading.Rejected;
import dev.weir.event.WeirHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides for each dead letter whether it is sent again, and as what. Pure, but for what it asks of a registry. */
final class RedriveRule {
    /** What letters and retries put beside a request's own headers, and what a redrive puts anew. */
    private static final Set<String> NOT_ITS_OWN = Set.of(
            WeirHeaders.ID,
            WeirHeaders.ATTEMPT,
            WeirHeaders.TRY,
            WeirHeaders.NOT_BEFORE,
            WeirHeaders.FIRST_SEEN,
            WeirHeaders.REASON,
            WeirHeaders.CLASS,
            WeirHeaders.MESSAGE,
            WeirHeaders.HTTP_STATUS,
            WeirHeaders.SOURCE_TOPIC,
            WeirHeaders.SOURCE_PARTITION,
            WeirHeaders.SOURCE_OFFSET,
            WeirHeaders.STREAMS_EXCEPTION,
            WeirHeaders.STREAMS_MESSAGE,
            WeirHeaders.STREAMS_TOPIC,
            WeirHeaders.STREAMS_PARTITION,
            WeirHeaders.STREAMS_OFFSET,
            WeirHeaders.REDRIVE_COUNT,
            WeirHeaders.REDRIVE,
            WeirHeaders.REDRIVE_OF);

    private final RedriveSettings settings;
    private final PastRedrives past;
    private final RequestEdit edit;
    private final RequestFormat format;

    RedriveRule(RedriveSettings settings, PastRedrives past, EventTranslator events) {
        this.settings = settings;
        this.past = past;
        this.edit = new RequestEdit(settings.edits(), events);
        this.format = events.requests();
    }

    /** Why the letter is left alone whatever its request is; empty if the request matters. */
    Optional<Skip> skip(DeadLetterRecord letter) {
        Optional<LetterFacts> facts = letter.facts();
        if (facts.isEmpty()) {
            return Optional.of(new Skip(SkipReason.STRAY));
        }
        if (past.byThis(letter.at())) {
            return Optional.of(new Skip(SkipReason.DONE));
        }
        if (past.byAnother(letter.at()) && !settings.again()) {
            return Optional.of(new Skip(SkipReason.REDRIVEN_BEFORE));
        }
        int redrives = facts.get().redrives();
        return redrives < settings.maxRedrives()
                ? Optional.empty()
                : Optional.of(new Skip(SkipReason.LOOP, "sent again " + redrives + " times before"));
    }

    /** What to do with a letter that is not to be skipped, given its request, or null if that cannot be had. */
    RedriveDecision decide(LetterFacts facts, LetterCoordinates at, @Nullable OriginalRequest original, Instant now) {
        if (original == null) {
            return new Skip(SkipReason.ORIGINAL_GONE);
        }
        Blob value = original.value();
        if (value == null) {
            return new Skip(SkipReason.NO_VALUE);
        }
        BodyEdits.Result edited = edit.apply(value, original.headers());
        if (edited instanceof BodyEdits.Result.Refused refused) {
            return new Skip(SkipReason.NOT_EDITABLE, refused.why());
        }
        RedriveRecord record = new RedriveRecord(
                facts.source().partition(),
                original.key(),
                ((BodyEdits.Result.Edited) edited).value(),
                headers(facts, at, edit.headers(original.headers()), now));
        return check(record, facts, now);
    }

    private RedriveDecision check(RedriveRecord record, LetterFacts facts, Instant now) {
        if (record.size() > settings.requestMaxBytes()) {
            return new Skip(
                    SkipReason.TOO_LARGE,
                    record.size() + " bytes with key and headers, requests.max.bytes is " + settings.requestMaxBytes());
        }
        RequestReading reading = format.read(record.value(), record.headers(), facts.source());
        if (reading instanceof Rejected rejected) {
            return new Skip(SkipReason.STILL_INVALID, rejected.message());
        }
        GrokRequest request = ((Accepted) reading).request();
        Instant deadline = request.deadline();
        if (deadline != null && !deadline.isAfter(now)) {
            return new Skip(SkipReason.DEADLINE_PASSED);
        }
        return new Send(record, TokenEstimate.of(request));
    }

    private List<EventHeader> headers(LetterFacts facts, LetterCoordinates at, List<EventHeader> own, Instant now) {
        Duration deadline = settings.deadline();
        List<EventHeader> headers = new ArrayList<>(own);
        headers.removeIf(header -> NOT_ITS_OWN.contains(header.name())
                || (deadline != null && header.name().equals(WeirHeaders.DEADLINE)));
        if (deadline != null) {
            headers.add(EventHeader.text(
                    WeirHeaders.DEADLINE, Long.toString(now.plus(deadline).toEpochMilli())));
        }
        headers.add(EventHeader.text(WeirHeaders.ID, facts.id()));
        headers.add(EventHeader.text(WeirHeaders.REDRIVE_COUNT, Integer.toString(facts.redrives() + 1)));
        headers.add(EventHeader.text(WeirHeaders.REDRIVE, settings.name()));
        headers.add(EventHeader.text(WeirHeaders.REDRIVE_OF, at.toString()));
        return headers;
    }
}
