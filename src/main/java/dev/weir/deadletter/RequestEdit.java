package dev.weir.deadletter;

import dev.weir.deadletter.BodyEdits.Result;
import dev.weir.event.Blob;
import dev.weir.event.CloudEvents;
import dev.weir.event.EventHeader;
import dev.weir.event.EventTranslator;
import dev.weir.event.EventTranslator.Translation.Translated;
import dev.weir.event.EventTranslator.Translation.Untranslatable;
import dev.weir.event.WeirHeaders;
import java.util.List;

/** Edits the body of a request in whatever format it came; it is written again in the topic's. */
final class RequestEdit {
    private final BodyEdits edits;
    private final EventTranslator events;

    RequestEdit(BodyEdits edits, EventTranslator events) {
        this.edits = edits;
        this.events = events;
    }

    /** The edited value; without edits the very bytes. */
    Result apply(Blob value, List<EventHeader> headers) {
        if (edits.isEmpty()) {
            return new Result.Edited(value);
        }
        if (CloudEvents.isStructured(headers)) {
            return edits.applyToData(value);
        }
        if (!(events.request(value, headers) instanceof Translated translated)) {
            return new Result.Refused(((Untranslatable) events.request(value, headers)).why());
        }
        Result edited = edits.apply(translated.json());
        boolean isJson = translated.json().equals(value);
        return isJson || !(edited instanceof Result.Edited json) ? edited : published(json);
    }

    private Result published(Result.Edited json) {
        try {
            return new Result.Edited(events.publish(json.value()));
        } catch (IllegalArgumentException e) {
            return new Result.Refused(String.valueOf(e.getMessage()));
        }
    }

    /** The headers that go with the edited value: a schema that they name is that of the value before. */
    List<EventHeader> headers(List<EventHeader> own) {
        return edits.isEmpty()
                ? own
                : own.stream()
                        .filter(header -> !header.name().equals(WeirHeaders.VALUE_SCHEMA_ID))
                        .toList();
    }
}
