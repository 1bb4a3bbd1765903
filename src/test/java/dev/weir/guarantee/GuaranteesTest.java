package dev.weir.guarantee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.event.ResponseStatus;
import dev.weir.verify.Finding;
import dev.weir.verify.VerifyReport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each checker against a history that breaks it and one that does not. */
final class GuaranteesTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Finding ONE = new Finding(1, List.of("grok.requests-0-0"));

    @Test
    void shouldAcceptAHistoryWithoutFlaw() {
        Evidence good = evidence(report(2, Finding.NONE, Finding.NONE, Finding.NONE), call(0, "ok"), call(500, "ok"));
        Guarantees.check(
                "test",
                good,
                Guarantees.oneOutcomeEach(2),
                Guarantees.repeatsAtMost(0),
                Guarantees.noCallAbandoned(),
                Guarantees.neverAbove(2, SECOND),
                Guarantees.allReady(1));
    }

    @Test
    void shouldSeeLostOpenAndVanishedRequests() {
        Guarantee guarantee = Guarantees.oneOutcomeEach(2);
        assertThat(guarantee.violations(evidence(report(2, ONE, Finding.NONE, Finding.NONE))))
                .hasSize(1);
        assertThat(guarantee.violations(evidence(report(1, Finding.NONE, Finding.NONE, Finding.NONE))))
                .singleElement()
                .asString()
                .contains("the topic has 1");
    }

    @Test
    void shouldSeeWhatIsLostAndWhatIsAnsweredTooOften() {
        Guarantee guarantee = Guarantees.anOutcomeEach(2, 0);
        assertThat(guarantee.violations(evidence(report(2, Finding.NONE, Finding.NONE, Finding.NONE))))
                .isEmpty();
        assertThat(guarantee.violations(evidence(report(2, ONE, Finding.NONE, Finding.NONE))))
                .hasSize(1);
        assertThat(guarantee.violations(evidence(report(1, Finding.NONE, Finding.NONE, Finding.NONE))))
                .hasSize(1);
        assertThat(guarantee.violations(evidence(doubled()))).hasSize(1);
        assertThat(Guarantees.anOutcomeEach(2, 1).violations(evidence(doubled())))
                .isEmpty();
    }

    @Test
    void shouldSeeRepeatsAndSilentOnesAndAJournalThatIsBlind() {
        assertThat(Guarantees.repeatsAtMost(0).violations(evidence(report(2, Finding.NONE, ONE, Finding.NONE))))
                .hasSize(1);
        assertThat(Guarantees.repeatsAtMost(1).violations(evidence(report(2, Finding.NONE, ONE, Finding.NONE))))
                .isEmpty();
        assertThat(Guarantees.repeatsAtMost(1).violations(evidence(report(2, Finding.NONE, ONE, ONE))))
                .hasSize(1);
        assertThat(Guarantees.repeatsAtMost(0)
                        .violations(evidence(report(2, 0, Finding.NONE, Finding.NONE, Finding.NONE))))
                .singleElement()
                .asString()
                .contains("0 successful calls for 2 successes");
    }

    @Test
    void shouldSeeAnAbandonedCall() {
        Evidence bad = evidence(report(1, Finding.NONE, Finding.NONE, Finding.NONE), call(0, "abandoned"));
        assertThat(Guarantees.noCallAbandoned().violations(bad)).hasSize(1);
    }

    @Test
    void shouldSeeOneCallTooManyInASpan() {
        Evidence bad = evidence(
                report(3, Finding.NONE, Finding.NONE, Finding.NONE), call(999, "ok"), call(0, "ok"), call(500, "ok"));
        assertThat(Guarantees.neverAbove(2, SECOND).violations(bad)).hasSize(1);
        assertThat(Guarantees.neverAbove(2, Duration.ofMillis(999)).violations(bad))
                .isEmpty();
    }

    @Test
    void shouldSeeAnInstanceThatIsMissingOrNotReady() {
        Evidence good = evidence(report(1, Finding.NONE, Finding.NONE, Finding.NONE));
        Evidence bad = new Evidence(good.report(), List.of(), Map.of("a", List.of("dispatch is ERROR")));
        assertThat(Guarantees.allReady(2).violations(good)).hasSize(1);
        assertThat(Guarantees.allReady(1).violations(bad)).hasSize(1);
        assertThatThrownBy(() -> Guarantees.check("seed 7", bad, Guarantees.allReady(1)))
                .hasMessageContaining("seed 7")
                .hasMessageContaining("dispatch is ERROR");
    }

    private static GrokCallSeen call(long atMillis, String outcome) {
        return new GrokCallSeen("grok.requests-0-0/1", atMillis * 1_000_000, outcome, true);
    }

    private static Evidence evidence(VerifyReport report, GrokCallSeen... calls) {
        return new Evidence(report, List.of(calls), Map.of("a", List.of()));
    }

    private static VerifyReport doubled() {
        return new VerifyReport(
                2,
                2,
                Map.of(ResponseStatus.SUCCEEDED, 2L),
                Finding.NONE,
                Finding.NONE,
                ONE,
                Finding.NONE,
                Finding.NONE,
                Finding.NONE,
                Finding.NONE,
                2,
                Finding.NONE,
                Finding.NONE,
                List.of());
    }

    private static VerifyReport report(long accepted, Finding lost, Finding repeated, Finding silent) {
        return report(accepted, accepted, lost, repeated, silent);
    }

    private static VerifyReport report(long accepted, long calls, Finding lost, Finding repeated, Finding silent) {
        return new VerifyReport(
                accepted,
                accepted,
                Map.of(ResponseStatus.SUCCEEDED, accepted),
                Finding.NONE,
                lost,
                Finding.NONE,
                Finding.NONE,
                Finding.NONE,
                Finding.NONE,
                Finding.NONE,
                calls,
                repeated,
                silent,
                List.of());
    }
}
