package dev.weir.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.ResponseStatus;
import dev.weir.event.SourceCoordinates;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Broken histories: each must be found, and nothing else. */
final class TallyTest {
    private final Tally tally = new Tally("grok.requests");

    @BeforeEach
    void twoRequests() {
        tally.range(0, 100, 200);
        tally.request(0, 100);
        tally.request(0, 102);
    }

    @Test
    void shouldFindAPromiseKept() {
        answer(100, ResponseStatus.SUCCEEDED);
        answer(102, ResponseStatus.FAILED);
        tally.deadLetter(source(102));

        assertThat(tally.report().promiseKept()).isTrue();
        assertThat(tally.report().render()).contains("one outcome for each of 2 requests");
    }

    @Test
    void shouldFindALostRequest() {
        answer(100, ResponseStatus.SUCCEEDED);

        assertThat(tally.open()).isEqualTo(1);
        assertThat(tally.report().unanswered().examples()).containsExactly("grok.requests-0-102");
        assertThat(tally.report().promiseKept()).isFalse();
    }

    @Test
    void shouldFindASecondOutcome() {
        answer(100, ResponseStatus.SUCCEEDED);
        answer(102, ResponseStatus.EXPIRED);
        answer(102, ResponseStatus.EXPIRED);

        assertThat(tally.report().doubled().examples()).containsExactly("grok.requests-0-102");
        assertThat(tally.report().promiseKept()).isFalse();
    }

    @Test
    void shouldFindAnOutcomeOfNoRequest() {
        both();
        answer(101, ResponseStatus.SUCCEEDED);

        assertThat(tally.report().unexplained().count()).isEqualTo(1);
        assertThat(tally.report().promiseKept()).isFalse();
    }

    @Test
    void shouldIgnoreWhatLiesOutsideTheRange() {
        both();
        answer(99, ResponseStatus.SUCCEEDED);
        answer(200, ResponseStatus.SUCCEEDED);

        assertThat(tally.report().promiseKept()).isTrue();
    }

    @Test
    void shouldFindAFailureWithoutDeadLetterAndALetterWithoutFailure() {
        answer(100, ResponseStatus.FAILED);
        answer(102, ResponseStatus.SUCCEEDED);
        tally.deadLetter(source(102));

        assertThat(tally.report().failedWithoutLetter().count()).isEqualTo(1);
        assertThat(tally.report().letterWithoutFailure().count()).isEqualTo(1);
    }

    @Test
    void shouldForgiveARepeatedCallOnlyWhenTheResponseSaysSo() {
        both();
        tally.answeredCall(0, 100);
        tally.answeredCall(0, 100);
        assertThat(tally.report().repeated().count()).isEqualTo(1);
        assertThat(tally.report().promiseKept()).isFalse();

        Tally marked = new Tally("grok.requests");
        marked.range(0, 0, 1);
        marked.request(0, 0);
        marked.response(source(0), ResponseStatus.SUCCEEDED, true);
        marked.answeredCall(0, 0);
        marked.answeredCall(0, 0);
        assertThat(marked.report().promiseKept()).isTrue();
    }

    private void both() {
        answer(100, ResponseStatus.SUCCEEDED);
        answer(102, ResponseStatus.SUCCEEDED);
    }

    private void answer(long offset, ResponseStatus status) {
        tally.response(source(offset), status, false);
    }

    private static SourceCoordinates source(long offset) {
        return new SourceCoordinates("grok.requests", 0, offset);
    }
}
