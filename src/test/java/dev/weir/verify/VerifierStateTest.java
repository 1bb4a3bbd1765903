package dev.weir.verify;

import static dev.weir.event.ResponseStatus.CANCELLED;
import static dev.weir.event.ResponseStatus.EXPIRED;
import static dev.weir.event.ResponseStatus.FAILED;
import static dev.weir.event.ResponseStatus.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.event.ResponseStatus;
import dev.weir.event.SourceCoordinates;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Histories, whole and broken. Partition 0 has the offsets 10 to 19 and partition 1 the offsets 0 to 4. */
final class VerifierStateTest {
    private static final String TOPIC = "grok.requests";

    private final VerifierState state = new VerifierState(TOPIC);

    VerifierStateTest() {
        state.range(0, 10, 20);
        state.range(1, 0, 5);
    }

    @Test
    void shouldKeepThePromiseWhenEachRequestHasOneOutcome() {
        requests(10, 11, 12, 13);
        answer(10, SUCCEEDED);
        answer(11, FAILED);
        state.deadLetter(at(11));
        answer(12, EXPIRED);
        answer(13, CANCELLED);

        VerifyReport report = state.report(true);

        assertThat(report.promiseKept()).isTrue();
        assertThat(report.settled()).isTrue();
        assertThat(report.accepted()).isEqualTo(4);
        assertThat(report.answered()).isEqualTo(4);
        assertThat(report.statuses()).isEqualTo(Map.of(SUCCEEDED, 1L, FAILED, 1L, EXPIRED, 1L, CANCELLED, 1L));
    }

    @Test
    void shouldTakeAMissingAnswerForOpenAndForLostOnlyWhenDrained() {
        requests(10, 11);
        answer(10, SUCCEEDED);

        VerifyReport running = state.report(false);
        VerifyReport drained = state.report(true);

        assertThat(running.open().samples()).containsExactly("grok.requests-0-11");
        assertThat(running.lost()).isEqualTo(Finding.NONE);
        assertThat(running.promiseKept()).isTrue();
        assertThat(running.settled()).isFalse();
        assertThat(drained.lost().samples()).containsExactly("grok.requests-0-11");
        assertThat(drained.promiseKept()).isFalse();
    }

    @Test
    void shouldFindASecondResponse() {
        requests(10);
        answer(10, SUCCEEDED);
        answer(10, EXPIRED);

        VerifyReport report = state.report(true);

        assertThat(report.doubled())
                .isEqualTo(new Finding(1, java.util.List.of("id from grok.requests-0-10 again as expired")));
        assertThat(report.statuses()).isEqualTo(Map.of(SUCCEEDED, 1L));
        assertThat(report.promiseKept()).isFalse();
        assertThat(report.settled()).as("no waiting mends that").isTrue();
    }

    @Test
    void shouldFindResponsesToNoRequest() {
        requests(10, 12);
        answer(10, SUCCEEDED);
        answer(12, SUCCEEDED);
        // the offset of a transaction marker, another topic, a partition that does not exist
        answer(11, SUCCEEDED);
        state.response(new Answer("a", new SourceCoordinates("other", 0, 10), SUCCEEDED, false, false));
        state.response(new Answer("b", new SourceCoordinates(TOPIC, 7, 10), SUCCEEDED, false, false));
        state.unreadableResponse("grok.responses-0-3", "no source");

        VerifyReport report = state.report(true);

        assertThat(report.unexplained().count()).isEqualTo(4);
        assertThat(report.unexplained().samples())
                .containsExactly(
                        "id from grok.requests-0-11",
                        "a from other-0-10",
                        "b from grok.requests-7-10",
                        "grok.responses-0-3: no source");
        assertThat(report.promiseKept()).isFalse();
    }

    @Test
    void shouldPassOverWhatIsBehindTheEndOrDeletedByRetention() {
        requests(10, 15);
        answer(15, SUCCEEDED);
        state.trim(0, 12);
        answer(10, SUCCEEDED);
        answer(20, SUCCEEDED);
        state.deadLetter(at(20));
        state.successfulCall(at(9));

        VerifyReport report = state.report(true);

        assertThat(report.accepted()).isEqualTo(1);
        assertThat(report.promiseKept()).isTrue();
    }

    @Test
    void shouldFindAFailureThatIsNoDeadLetter() {
        requests(10);
        answer(10, FAILED);

        assertThat(state.report(true).failedWithoutDeadLetter().samples()).containsExactly("grok.requests-0-10");
        assertThat(state.report(true).promiseKept()).isFalse();
    }

    @Test
    void shouldAskNoDeadLetterOfARecordThatOnlyFollowsAnother() {
        requests(10);
        state.response(new Answer("id", at(10), FAILED, false, true));

        assertThat(state.report(true).promiseKept()).isTrue();
    }

    @Test
    void shouldFindDeadLettersOfRequestsThatDidNotFail() {
        requests(10, 11);
        answer(10, SUCCEEDED);
        state.deadLetter(at(10));
        state.deadLetter(at(11));
        state.unreadableDeadLetter("grok.dlq-0-4");

        VerifyReport report = state.report(false);

        assertThat(report.deadLettersWithoutFailure().count()).isEqualTo(3);
        assertThat(report.deadLettersWithoutFailure().samples())
                .containsExactly("grok.dlq-0-4: no source coordinates", "grok.requests-0-10", "grok.requests-0-11");
        assertThat(report.promiseKept()).isFalse();
    }

    @Test
    void shouldFindASecondDeadLetter() {
        requests(10);
        answer(10, FAILED);
        state.deadLetter(at(10));
        state.deadLetter(at(10));

        assertThat(state.report(true).doubledDeadLetters().samples()).containsExactly("grok.requests-0-10");
        assertThat(state.report(true).promiseKept()).isFalse();
    }

    @Test
    void shouldTellRepeatedCallsFromThoseThatAreNotDeclared() {
        requests(10, 11, 12);
        state.successfulCall(at(10));
        state.successfulCall(at(10));
        state.response(new Answer("id", at(10), SUCCEEDED, true, false));
        state.successfulCall(at(11));
        state.successfulCall(at(11));
        answer(11, SUCCEEDED);
        state.successfulCall(at(12));
        answer(12, SUCCEEDED);

        VerifyReport report = state.report(true);

        assertThat(report.calls()).isEqualTo(5);
        assertThat(report.repeatedCalls().samples()).containsExactly("grok.requests-0-10", "grok.requests-0-11");
        assertThat(report.silentlyRepeated().samples()).containsExactly("grok.requests-0-11");
        assertThat(report.promiseKept()).isFalse();
    }

    @Test
    void shouldKeepTwentyExamplesAndCountAll() {
        state.range(0, 0, 1_000);
        for (int offset = 0; offset < 1_000; offset++) {
            requests(offset);
        }

        Finding lost = state.report(true).lost();

        assertThat(lost.count()).isEqualTo(1_000);
        assertThat(lost.samples()).hasSize(Finding.MOST_SAMPLES).startsWith("grok.requests-0-0");
    }

    @Test
    void shouldRefuseMoreOffsetsThanItCanHold() {
        assertThatThrownBy(() -> state.range(0, 5, 5L + Integer.MAX_VALUE + 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 2^31 - 1");
    }

    /** Whatever the order of outcomes, accepted = answered + open and each injected fault is counted once. */
    @Test
    void shouldCountEveryInjectedFault() {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            VerifierState history = new VerifierState(TOPIC);
            history.range(0, 0, 500);
            long lost = 0;
            long doubled = 0;
            long undead = 0;
            for (int offset = 0; offset < 500; offset++) {
                history.request(0, offset);
            }
            for (int offset = 0; offset < 500; offset++) {
                boolean fails = random.nextInt(4) == 0;
                Answer answer = new Answer("id", at(offset), fails ? FAILED : SUCCEEDED, false, false);
                switch (random.nextInt(10)) {
                    case 0 -> lost++;
                    case 1 -> {
                        history.response(answer);
                        history.response(answer);
                        doubled++;
                        undead += fails ? 1 : 0;
                    }
                    default -> {
                        history.response(answer);
                        if (fails) {
                            history.deadLetter(at(offset));
                        }
                    }
                }
            }
            VerifyReport report = history.report(true);
            assertThat(report.lost().count()).as("lost, seed %d", seed).isEqualTo(lost);
            assertThat(report.doubled().count()).as("doubled, seed %d", seed).isEqualTo(doubled);
            assertThat(report.failedWithoutDeadLetter().count())
                    .as("dead letters, seed %d", seed)
                    .isEqualTo(undead);
            assertThat(report.answered() + lost).as("sum, seed %d", seed).isEqualTo(report.accepted());
        }
    }

    private void requests(long... offsets) {
        for (long offset : offsets) {
            state.request(0, offset);
        }
    }

    private void answer(long offset, ResponseStatus status) {
        state.response(new Answer("id", at(offset), status, false, false));
    }

    private static SourceCoordinates at(long offset) {
        return new SourceCoordinates(TOPIC, 0, offset);
    }
}
