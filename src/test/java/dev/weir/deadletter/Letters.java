package dev.weir.deadletter;

import dev.weir.event.Blob;
import dev.weir.event.ErrorInfo;
import dev.weir.event.EventHeader;
import dev.weir.event.EventTranslator;
import dev.weir.event.Reason;
import dev.weir.event.SourceCoordinates;
import dev.weir.event.StopClass;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Dead letters as the gateway writes them, for tests. */
final class Letters {
    static final String TOPIC = "grok.dlq";
    static final String BODY = "{\"model\":\"grok-x\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    static final long DIED_AT = 1_790_000_000_000L;

    private Letters() {}

    static DeadLetterRecord letter(long offset, Reason reason, @Nullable String value, EventHeader... own) {
        List<EventHeader> headers = new ArrayList<>(List.of(own));
        ErrorInfo error = new ErrorInfo(StopClass.FATAL, reason, "it did not work", 404, null);
        SourceCoordinates source = new SourceCoordinates("grok.requests", 2, 100 + offset);
        headers.addAll(new DeadLetter("id-" + offset, source, error, 1, DIED_AT - 5_000, null).headers());
        return DeadLetterRecord.read(
                new LetterCoordinates(TOPIC, 0, offset),
                DIED_AT,
                Blob.utf8("key-" + offset),
                value == null ? null : Blob.utf8(value),
                headers,
                EventTranslator.json().requests());
    }

    static DeadLetterRecord stray(long offset) {
        return DeadLetterRecord.read(
                new LetterCoordinates(TOPIC, 0, offset),
                DIED_AT,
                null,
                Blob.utf8("anything"),
                List.of(EventHeader.text("weir-id", "not enough")),
                EventTranslator.json().requests());
    }
}
