package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.deadletter.DeadLetter;
import dev.weir.deadletter.DeadLetterRecord;
import dev.weir.deadletter.LetterCoordinates;
import dev.weir.event.Blob;
import dev.weir.event.ErrorInfo;
import dev.weir.event.EventHeader;
import dev.weir.event.EventTranslator;
import dev.weir.event.Reason;
import dev.weir.event.SourceCoordinates;
import dev.weir.event.StopClass;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LetterListTest {
    private static final long NOW = 1_790_000_000_000L;

    @Test
    void shouldCountAllAndListTheNewestFirst() {
        LetterList list = new LetterList(2);
        for (int i = 0; i < 5; i++) {
            list.add(letter(i, NOW - i * 3_600_000L, "order-" + i, "no such model", "{}"));
        }

        String text = list.render(Instant.ofEpochMilli(NOW));

        assertThat(text).startsWith("5 dead letters").containsPattern("5 +unknown_model +fatal +-");
        assertThat(text).contains("Letters, the newest 2").doesNotContain("order-2");
        assertThat(text.indexOf("order-0")).isPositive().isLessThan(text.indexOf("order-1"));
        assertThat(text).containsPattern("grok.dlq-0-1 +1h +unknown_model +2 +0 +order-1 +no such model");
    }

    @Test
    void shouldNotLetStrangersWriteToTheTerminal() {
        LetterList list = new LetterList(5);
        DeadLetterRecord letter =
                letter(1, NOW, "order\u001b[2J", "a\nb" + "x".repeat(500), "{\"a\":\"\\u001b\u202e\"}");
        list.add(letter);

        assertThat(list.render(Instant.ofEpochMilli(NOW)))
                .doesNotContain("\u001b")
                .contains("order [2J")
                .contains("a bx");
        assertThat(LetterSheet.of(letter, EventTranslator.json(), Instant.ofEpochMilli(NOW)))
                .doesNotContain("\u001b")
                .doesNotContain("\u202e")
                .contains("\\u001B");
    }

    @Test
    void shouldShowEverythingOfOneLetter() {
        String text = LetterSheet.of(
                letter(1, NOW - 120_000, "order-1", "why", "{\"model\":\"m\",\"price\":1.10}"),
                EventTranslator.json(),
                Instant.ofEpochMilli(NOW));

        assertThat(text)
                .containsPattern("Died +2026-09-21T\\S+ \\(2m ago\\)")
                .containsPattern("Request +grok.requests-1-17")
                .containsPattern("Cure +Use a model of GET /v1/models.")
                .containsPattern("weir-source-offset +17")
                .containsPattern("Key +base64:/w==")
                .contains("\"price\" : 1.10");
    }

    @Test
    void shouldShowAValueThatIsNoJsonAsItIs() {
        assertThat(LetterSheet.of(
                        letter(1, NOW, "order-1", "why", "{ half"), EventTranslator.json(), Instant.ofEpochMilli(NOW)))
                .contains("Value" + System.lineSeparator() + "{ half");
    }

    @Test
    void shouldTellSpansInTheirLargestUnit() {
        assertThat(Printable.span(0.2)).isEqualTo("1s");
        assertThat(Printable.span(150)).isEqualTo("2m");
        assertThat(Printable.span(1e6)).isEqualTo("11d");
    }

    private static DeadLetterRecord letter(long offset, long diedAt, String id, String message, String value) {
        ErrorInfo error = new ErrorInfo(StopClass.FATAL, Reason.UNKNOWN_MODEL, message, 404, null);
        List<EventHeader> headers = new ArrayList<>(
                new DeadLetter(id, new SourceCoordinates("grok.requests", 1, 17), error, 2, diedAt, null).headers());
        return DeadLetterRecord.read(
                new LetterCoordinates("grok.dlq", 0, offset),
                diedAt,
                Blob.of(new byte[] {(byte) 0xFF}),
                Blob.utf8(value),
                headers,
                EventTranslator.json().requests());
    }
}
