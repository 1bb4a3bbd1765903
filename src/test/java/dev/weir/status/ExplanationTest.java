package dev.weir.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.admission.Binding;
import dev.weir.event.ErrorInfo;
import dev.weir.event.GrokResponse;
import dev.weir.event.Priority;
import dev.weir.event.Reason;
import dev.weir.event.ResponseStatus;
import dev.weir.event.SourceCoordinates;
import dev.weir.event.StopClass;
import dev.weir.event.Timing;
import dev.weir.status.RequestFacts.InLine;
import dev.weir.status.RequestFacts.Retried;
import dev.weir.status.ScopeReport.Place;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ExplanationTest {
    private static final long NOW = 1_790_000_100_000L;
    private static final SourceCoordinates SOURCE = new SourceCoordinates("grok.requests", 0, 17);

    @Test
    void shouldTellTheOutcomeAndWhy() {
        ErrorInfo error = new ErrorInfo(StopClass.TRANSIENT, Reason.ATTEMPTS_EXHAUSTED, "3 attempts failed", 500, null);
        RequestFacts facts = facts(response(ResponseStatus.FAILED, error), null, "grok.dlq-0-3, attempts_exhausted");

        assertThat(Explanation.of(facts, List.of(), NOW))
                .containsExactly(
                        "grok.requests-0-17 (id order-1), published 2026-09-21T14:13:20Z, 100.0 s ago",
                        "  answered: failed at 2026-09-21T14:13:22Z, 2.5 s after it was published; attempts charged: 3",
                        "  because: attempts_exhausted: 3 attempts failed",
                        "  dead letter: grok.dlq-0-3, attempts_exhausted");
    }

    @Test
    void shouldTellThePlaceInLineAndWhatHoldsIt() {
        ScopeReport report = report("pause", 530, NOW + 9_000, NOW - 1_000);
        InLine inLine = new InLine(report, new Place("0-17", 17, NOW + 9_500));

        assertThat(Explanation.of(waiting(inLine, null, 0L), List.of(report), NOW))
                .contains(
                        "  waiting: about number 17 of 530 in the line of grok-4.5",
                        "  because: the server refused calls; the scope pauses until 2026-09-21T14:15:09Z"
                                + " ('weir resume grok-4.5' opens it)",
                        "  expected at 2026-09-21T14:15:09Z or later");
    }

    @Test
    void shouldHaveWordsForEveryBindingLimit() {
        for (Binding binding : Binding.values()) {
            ScopeReport report = report(binding.wireName(), 5, NOW + 1, NOW);
            InLine inLine = new InLine(report, new Place("0-17", 1, null));

            assertThat(Explanation.of(waiting(inLine, null, 0L), List.of(report), NOW))
                    .as(binding.wireName())
                    .anySatisfy(line -> assertThat(line).startsWith("  because: "))
                    .noneMatch(line -> line.contains("the binding limit is"));
        }
    }

    @Test
    void shouldSayWhenNobodyReportsAnyMore() {
        ScopeReport report = report("requests", 530, 0, NOW - 180_000);
        InLine inLine = new InLine(report, new Place("0-17", 17, NOW - 180_000));

        assertThat(Explanation.of(waiting(inLine, null, null), List.of(report), NOW))
                .anySatisfy(line -> assertThat(line).contains("no gateway has reported for 3 min; does one run?"))
                .noneMatch(line -> line.contains("expected at"));
    }

    @Test
    void shouldTellADelayAndTheFailureBeforeIt() {
        Retried retried = new Retried("2", "1", "server_error", NOW + 5_000);

        assertThat(Explanation.of(facts(null, retried, null), List.of(), NOW))
                .contains(
                        "  delayed: try 2 may start at 2026-09-21T14:15:05Z",
                        "  the try before ended with server_error; attempts charged: 1");
    }

    @Test
    void shouldNotCallItDelayedOnceTheDelayIsOver() {
        Retried retried = new Retried("2", "1", "server_error", NOW - 5_000);

        assertThat(Explanation.of(facts(null, retried, null), List.of(), NOW))
                .noneMatch(line -> line.contains("delayed"))
                .contains("  the try before ended with server_error; attempts charged: 1");
    }

    @Test
    void shouldTellThatItWasNotReadYet() {
        assertThat(Explanation.of(waiting(null, null, 40L), List.of(), NOW))
                .contains("  not read yet: the gateway has 40 records before it in its partition to read");
    }

    @Test
    void shouldTellWhoseOutcomeADuplicateWaitsFor() {
        SourceCoordinates leader = new SourceCoordinates("grok.requests", 0, 3);

        assertThat(Explanation.of(waiting(null, leader, 0L), List.of(), NOW))
                .contains("  waiting: its outcome will be that of grok.requests-0-3, which has the same id");
    }

    @Test
    void shouldClaimACallOnlyWhereAllLinesAreKnown() {
        ScopeReport whole = report("none", 0, 0, NOW);
        ScopeReport part = report("requests", 5_000, 0, NOW);
        ScopeReport old = report("none", 0, 0, NOW - 120_000);

        assertThat(Explanation.of(waiting(null, null, 0L), List.of(whole), NOW))
                .contains("  no outcome yet, and in no line: its call is under way, or begins or ended a moment ago;"
                        + " where the quota is off it may wait for a slot (call.max.in.flight)");
        for (List<ScopeReport> unknown : List.of(List.of(whole, part), List.of(old), List.<ScopeReport>of())) {
            assertThat(Explanation.of(waiting(null, null, 0L), unknown, NOW))
                    .contains("  no outcome yet: it waits further back than what is published of the lines, or its call"
                            + " is under way");
        }
    }

    @Test
    void shouldShowScopesAsATable() {
        assertThat(ScopeTable.of(
                        List.of(report("pause", 530, NOW + 9_000, NOW - 1_000), report("none", 0, 0, NOW - 90_000)),
                        NOW))
                .containsExactly(
                        "SCOPE     WAITING  IN FLIGHT  REQUESTS/S  TOKENS/MIN          BINDING  PAUSED UNTIL          OLDEST WAIT  AS OF",
                        "grok-4.5  530      1 of 10    2 of 20     700 of 1000 (4000)  pause    2026-09-21T14:15:09Z  61.0 s       1.0 s ago",
                        "grok-4.5  0        1 of 10    2 of 20     700 of 1000 (4000)  none     -                     -            stale,"
                                + " 90.0 s ago");
    }

    private static RequestFacts facts(GrokResponse answer, Retried retried, String deadLetter) {
        return new RequestFacts(
                SOURCE, "order-1", NOW - 100_000, answer, NOW - 97_500, retried, deadLetter, null, null, 0L, false);
    }

    @Test
    void shouldSayThatTheServerAllowsLessThanIsConfigured() {
        ScopeReport tokens = report("tokens", 3, 0, NOW);
        InLine place = new InLine(tokens, new ScopeReport.Place("0-1", 2, null));
        assertThat(Explanation.of(waiting(place, null, null), List.of(tokens), NOW))
                .anyMatch(line -> line.contains("of 1000 tokens a minute 700 are used or reserved"
                        + " (4000 are configured; the server was seen to allow less)"));
    }

    private static RequestFacts waiting(InLine inLine, SourceCoordinates follows, Long ahead) {
        return new RequestFacts(SOURCE, "order-1", NOW - 100_000, null, 0, null, null, inLine, follows, ahead, false);
    }

    private static ScopeReport report(String binding, int waiting, long pausedUntil, long at) {
        return new ScopeReport(
                "grok-4.5",
                at,
                "i",
                waiting,
                1,
                10,
                2,
                20,
                700,
                100,
                1_000,
                20,
                4_000,
                binding,
                pausedUntil,
                60_000,
                List.of());
    }

    private static GrokResponse response(ResponseStatus status, ErrorInfo error) {
        Instant now = Instant.ofEpochMilli(NOW);
        return new GrokResponse(
                "order-1",
                status,
                "grok-4.5",
                null,
                null,
                null,
                error,
                3,
                false,
                false,
                new Timing(now, now, 0, 0, 0, 0),
                Priority.NORMAL,
                null,
                null,
                Map.of(),
                SOURCE);
    }
}
