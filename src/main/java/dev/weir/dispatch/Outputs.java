package dev.weir.dispatch;

import dev.weir.deadletter.DeadLetter;
import dev.weir.event.Blob;
import dev.weir.event.EventHeader;
import dev.weir.event.GrokResponse;
import dev.weir.event.WeirHeaders;
import dev.weir.retry.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes to the topics of outcomes. Every size is checked here: one record too large would stop the thread. */
final class Outputs {
    /** What a response says of itself; the request's schema is not the response's. */
    private static final Set<String> NOT_CARRIED_OVER =
            Set.of(WeirHeaders.ID, WeirHeaders.STATUS, WeirHeaders.VALUE_SCHEMA_ID);

    private final Exit exit;
    private final long requestMaxBytes;

    /** One record on its way to a sink. */
    interface Exit {
        /** Hands the record over. */
        void write(
                Sink sink, @Nullable Blob key, @Nullable Blob value, List<EventHeader> headers, long timestampMillis);
    }

    /** The sink nodes of the topology. */
    record Sink(String name) {
        static final Sink RESPONSES = new Sink("responses");
        static final Sink DEAD_LETTERS = new Sink("dead-letters");

        static Sink retry(Tier tier) {
            return new Sink("retry-" + tier.name());
        }
    }

    Outputs(Exit exit, long requestMaxBytes) {
        this.exit = exit;
        this.requestMaxBytes = requestMaxBytes;
    }

    /** The headers of a response: the request's own and the outcome's. */
    static List<EventHeader> responseHeaders(List<EventHeader> own, GrokResponse response) {
        List<EventHeader> headers = new ArrayList<>(own);
        headers.removeIf(header -> NOT_CARRIED_OVER.contains(header.name()));
        headers.add(EventHeader.text(WeirHeaders.ID, response.id()));
        headers.add(EventHeader.text(WeirHeaders.STATUS, response.status().wireName()));
        return headers;
    }

    void response(@Nullable Blob key, byte[] response, List<EventHeader> headers, long nowMillis) {
        exit.write(Sink.RESPONSES, key, Blob.of(response), headers, nowMillis);
    }

    void retry(Tier tier, Payload payload, List<EventHeader> headers, long nowMillis) {
        exit.write(Sink.retry(tier), payload.key(), payload.value(), headers, nowMillis);
    }

    /**
     * The unchanged record with the reason behind its own headers; what is too large stays where its coordinates say.
     */
    void deadLetter(
            @Nullable Blob key, @Nullable Blob value, List<EventHeader> own, DeadLetter letter, long nowMillis) {
        boolean fits = Payload.size(key, value, own) <= requestMaxBytes;
        boolean keyFits = Payload.size(key, null, own) <= requestMaxBytes;
        List<EventHeader> headers = new ArrayList<>(keyFits ? own : List.of());
        headers.addAll(letter.headers());
        exit.write(Sink.DEAD_LETTERS, keyFits ? key : null, fits ? value : null, headers, nowMillis);
    }
}
