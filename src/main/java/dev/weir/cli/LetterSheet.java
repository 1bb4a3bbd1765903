package dev.weir.cli;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.weir.deadletter.DeadLetterRecord;
import dev.weir.deadletter.LetterFacts;
import dev.weir.event.Blob;
import dev.weir.event.EventHeader;
import dev.weir.event.EventTranslator;
import dev.weir.event.EventTranslator.Translation.Translated;
import dev.weir.event.Reason;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Everything of one dead letter, for people; the prompt too. */
final class LetterSheet {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private LetterSheet() {}

    static String of(DeadLetterRecord letter, EventTranslator events, Instant now) {
        Table facts = new Table();
        Instant diedAt = Instant.ofEpochMilli(letter.timestampMillis());
        facts.row("Letter", letter.at());
        facts.row("Died", diedAt + " (" + Printable.age(Duration.between(diedAt, now)) + " ago)");
        letter.facts()
                .ifPresentOrElse(known -> describe(facts, known), () -> facts.row("Stray", "not written by Weir"));
        facts.row("Key", Printable.bytes(letter.key()));
        Table headers = new Table();
        for (EventHeader header : letter.headers()) {
            headers.row(Printable.line(header.name()), Printable.bytes(header.value()));
        }
        String end = System.lineSeparator();
        return facts.render() + end + "Headers" + end + headers.render() + end + "Value" + end + value(letter, events)
                + end;
    }

    private static void describe(Table table, LetterFacts facts) {
        table.row("Id", Printable.line(facts.id()));
        table.row("Reason", Printable.line(facts.reason()) + " (" + Printable.line(facts.stopClass()) + ")");
        table.row("Message", Printable.line(facts.message()));
        reason(facts.reason()).ifPresent(reason -> table.row("Cure", reason.cure()));
        if (facts.httpStatus() != null) {
            table.row("HTTP status", facts.httpStatus());
        }
        table.row("Attempts", facts.attempts());
        table.row("Received", Instant.ofEpochMilli(facts.firstSeenMillis()));
        table.row("Request", Printable.line(facts.source().toString()));
        table.row("Redrives", facts.redrives());
        optional(table, "Replay", facts.replay());
        optional(table, "Tenant", facts.tenant());
        optional(table, "Model", facts.model());
    }

    private static void optional(Table table, String name, @Nullable String value) {
        if (value != null) {
            table.row(name, Printable.line(value));
        }
    }

    private static Optional<Reason> reason(String id) {
        return Arrays.stream(Reason.values())
                .filter(reason -> reason.id().equals(id))
                .findFirst();
    }

    private static String value(DeadLetterRecord letter, EventTranslator events) {
        Blob value = letter.value();
        if (value == null) {
            return "(none in the letter; the request has it, if retention has left it there)";
        }
        Blob shown = events.request(value, letter.headers()) instanceof Translated known ? known.json() : value;
        try {
            JsonNode tree = JSON.readTree(shown.bytes());
            return Printable.block(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree));
        } catch (IOException e) {
            return Printable.bytes(value);
        }
    }
}
