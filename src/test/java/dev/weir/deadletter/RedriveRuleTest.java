package dev.weir.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.deadletter.RedriveDecision.Send;
import dev.weir.deadletter.RedriveDecision.Skip;
import dev.weir.event.Blob;
import dev.weir.event.EventHeader;
import dev.weir.event.EventTranslator;
import dev.weir.event.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RedriveRuleTest {
    private static final Instant NOW = Instant.ofEpochMilli(Letters.DIED_AT).plusSeconds(60);

    private final PastRedrives past = new PastRedrives(Letters.TOPIC, "july", Map.of(0, 3L), Map.of(0, 10L));

    @Test
    void shouldSendTheBytesWithTheirOwnHeadersAndTheReplays() {
        DeadLetterRecord letter = Letters.letter(
                5,
                Reason.UNKNOWN_MODEL,
                Letters.BODY,
                EventHeader.text("traceparent", "00-1"),
                EventHeader.text("weir-tenant", "checkout"),
                EventHeader.text("weir-redrive-count", "1"),
                EventHeader.text("weir-redrive", "june"),
                EventHeader.text("weir-redrive-of", "grok.dlq-0-1"),
                new EventHeader("empty", null));

        Send send = (Send) decide(settings(3, false, null), letter);

        assertThat(send.record().partition()).isEqualTo(2);
        assertThat(send.record().key()).isEqualTo(Blob.utf8("key-5"));
        assertThat(send.record().value()).isEqualTo(Blob.utf8(Letters.BODY));
        assertThat(send.record().headers())
                .containsExactly(
                        EventHeader.text("traceparent", "00-1"),
                        EventHeader.text("weir-tenant", "checkout"),
                        new EventHeader("empty", null),
                        EventHeader.text("weir-id", "id-5"),
                        EventHeader.text("weir-redrive-count", "2"),
                        EventHeader.text("weir-redrive", "july"),
                        EventHeader.text("weir-redrive-of", "grok.dlq-0-5"));
        assertThat(send.estimate().model()).isEqualTo("grok-x");
    }

    @Test
    void shouldEditTheBody() {
        RedriveSettings settings = new RedriveSettings(
                "july", BodyEdits.parse(List.of("model=grok-4.3")), 3, false, null, 1 << 20, Long.MAX_VALUE);

        Send send = (Send) decide(settings, Letters.letter(5, Reason.UNKNOWN_MODEL, Letters.BODY));

        assertThat(send.record().value().text()).isEqualTo(Letters.BODY.replace("grok-x", "grok-4.3"));
        assertThat(send.estimate().model()).isEqualTo("grok-4.3");
        assertThat(((Skip) decide(settings, Letters.letter(5, Reason.INVALID_JSON, "{"))).why())
                .isEqualTo(SkipReason.NOT_EDITABLE);
    }

    @Test
    void shouldSendALetterOnceUnderAName() {
        past.note(redriven("july", "grok.dlq-0-5"));

        assertThat(skipped(5)).isEqualTo(SkipReason.DONE);
        assertThat(decide(settings(3, false, null), Letters.letter(6, Reason.TIMEOUT, Letters.BODY)))
                .isInstanceOf(Send.class);
    }

    @Test
    void shouldSendWhatAnotherReplaySentOnlyWhenAsked() {
        past.note(redriven("june", "grok.dlq-0-5"));
        past.note(redriven("june", "other.dlq-0-6"));

        assertThat(skipped(5)).isEqualTo(SkipReason.REDRIVEN_BEFORE);
        assertThat(decide(settings(3, true, null), Letters.letter(5, Reason.TIMEOUT, Letters.BODY)))
                .isInstanceOf(Send.class);
        assertThat(decide(settings(3, false, null), Letters.letter(6, Reason.TIMEOUT, Letters.BODY)))
                .isInstanceOf(Send.class);
    }

    @Test
    void shouldNotRememberWhatIsNoLetterHere() {
        for (String wrong : List.of("grok.dlq-0-2", "grok.dlq-0-10", "grok.dlq-0-2147483646", "grok.dlq-7-5", "x")) {
            past.note(redriven("july", wrong));
        }

        for (long offset = 0; offset < 20; offset++) {
            assertThat(past.byThis(new LetterCoordinates(Letters.TOPIC, 0, offset)))
                    .isFalse();
        }
    }

    @Test
    void shouldBreakLoops() {
        DeadLetterRecord third =
                Letters.letter(5, Reason.TIMEOUT, Letters.BODY, EventHeader.text("weir-redrive-count", "3"));

        assertThat(((Skip) decide(settings(3, false, null), third)).why()).isEqualTo(SkipReason.LOOP);
        assertThat(decide(settings(4, false, null), third)).isInstanceOf(Send.class);
    }

    @Test
    void shouldLeaveStraysAndWhatWouldFailAgain() {
        assertThat(((Skip) decide(settings(3, false, null), Letters.stray(5))).why())
                .isEqualTo(SkipReason.STRAY);
        Skip invalid = (Skip) decide(settings(3, false, null), Letters.letter(5, Reason.INVALID_JSON, "{"));
        assertThat(invalid.why()).isEqualTo(SkipReason.STILL_INVALID);
        assertThat(invalid.detail()).startsWith("the value breaks off");
    }

    @Test
    void shouldLeaveWhatIsTooLargeGoneOrEmpty() {
        RedriveSettings small =
                new RedriveSettings("july", BodyEdits.none(), 3, false, null, Letters.BODY.length(), Long.MAX_VALUE);
        DeadLetterRecord letter = Letters.letter(5, Reason.OVERSIZE, Letters.BODY);
        LetterFacts facts = letter.facts().orElseThrow();
        RedriveRule rule = new RedriveRule(settings(3, false, null), past, EventTranslator.json());

        assertThat(((Skip) decide(small, letter)).why()).isEqualTo(SkipReason.TOO_LARGE);
        assertThat(((Skip) rule.decide(facts, letter.at(), null, NOW)).why()).isEqualTo(SkipReason.ORIGINAL_GONE);
        OriginalRequest empty = new OriginalRequest(null, null, List.of());
        assertThat(((Skip) rule.decide(facts, letter.at(), empty, NOW)).why()).isEqualTo(SkipReason.NO_VALUE);
    }

    @Test
    void shouldNotSendWhatCannotStartInTimeUnlessItGetsANewDeadline() {
        EventHeader passed = EventHeader.text("weir-deadline", NOW.toString());
        DeadLetterRecord letter = Letters.letter(5, Reason.TIMEOUT, Letters.BODY, passed);

        assertThat(((Skip) decide(settings(3, false, null), letter)).why()).isEqualTo(SkipReason.DEADLINE_PASSED);
        Send send = (Send) decide(settings(3, false, Duration.ofHours(2)), letter);
        assertThat(send.record().headers())
                .doesNotContain(passed)
                .contains(EventHeader.text(
                        "weir-deadline", Long.toString(NOW.plusSeconds(7_200).toEpochMilli())));
    }

    @Test
    void shouldSendACloudEventAsTheEventThatItWas() {
        EventHeader contentType = EventHeader.text("content-type", "application/cloudevents+json");
        String event =
                "{\"specversion\":\"1.0\",\"id\":\"e\",\"source\":\"/s\",\"type\":\"t\",\"data\":" + Letters.BODY + "}";

        Send send = (Send) decide(settings(3, false, null), Letters.letter(5, Reason.TIMEOUT, event, contentType));

        assertThat(send.record().value().text()).isEqualTo(event);
        assertThat(send.record().headers()).contains(contentType, EventHeader.text("weir-id", "id-5"));
        assertThat(send.estimate().model()).isEqualTo("grok-x");
    }

    private SkipReason skipped(long offset) {
        return ((Skip) decide(settings(3, false, null), Letters.letter(offset, Reason.TIMEOUT, Letters.BODY))).why();
    }

    private RedriveDecision decide(RedriveSettings settings, DeadLetterRecord letter) {
        RedriveRule rule = new RedriveRule(settings, past, EventTranslator.json());
        return rule.skip(letter)
                .map(RedriveDecision.class::cast)
                .orElseGet(() -> rule.decide(
                        letter.facts().orElseThrow(),
                        letter.at(),
                        new OriginalRequest(letter.key(), letter.value(), letter.headers()),
                        NOW));
    }

    private static RedriveSettings settings(int maxRedrives, boolean again, Duration deadline) {
        return new RedriveSettings("july", BodyEdits.none(), maxRedrives, again, deadline, 1 << 20, Long.MAX_VALUE);
    }

    private static List<EventHeader> redriven(String name, String letter) {
        return List.of(EventHeader.text("weir-redrive", name), EventHeader.text("weir-redrive-of", letter));
    }
}
