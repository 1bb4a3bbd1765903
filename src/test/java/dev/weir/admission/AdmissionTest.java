package dev.weir.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Priority;
import dev.weir.permit.AskMessage;
import dev.weir.permit.CallEnd;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AdmissionTest {
    private final MapLog log = new MapLog();
    private final Talk talk = new Talk(0, 5);

    private Admission admission = new Admission(Talk.settings(2, 10), log);

    @Test
    void shouldGrantUpToTheWindowAndGoOnWhenASlotIsFree() {
        asks(3);

        assertThat(offsets(release(0))).containsExactly(1L, 2L);
        assertThat(admission.nextWake(0))
                .as("unreported: only a report or a re-send")
                .isEqualTo(2_000);

        take(talk.started(1, 5), 25);
        assertThat(release(25)).isEmpty();
        assertThat(admission.nextWake(25)).as("the lead before").isEqualTo(20 + 1_010 - 100);
        assertThat(release(929)).isEmpty();
        List<Admission.Issue> ahead = release(930);
        assertThat(offsets(ahead)).containsExactly(3L);
        assertThat(ahead.get(0).startInMillis()).isEqualTo(100);
    }

    @Test
    void shouldGrantTheUrgentFirst() {
        take(talk.ask(1, Priority.LOW, 0), 0);
        take(talk.ask(2, Priority.NORMAL, 0), 0);
        take(talk.ask(3, Priority.CRITICAL, 0), 0);

        assertThat(offsets(release(0))).containsExactly(3L, 2L);
    }

    @Test
    void shouldGrantNoMoreThanMayBeInFlight() {
        admission = new Admission(Talk.settings(0, 2), log);
        asks(3);

        assertThat(release(0)).hasSize(2);
        take(talk.started(1, 0), 10);
        take(talk.answered(1, 20), 20);
        assertThat(offsets(release(20))).containsExactly(3L);
        assertThat(status(20).binding()).as("nobody waits").isEqualTo(Binding.NONE);
    }

    @Test
    void shouldFreeWindowAndPlaceOfAnUnusedGrantAtOnce() {
        asks(3);
        release(0);

        take(talk.unused(1), 10);

        assertThat(offsets(release(10))).containsExactly(3L);
    }

    @Test
    void shouldKeepASettledCallInTheWindow() {
        asks(3);
        release(0);

        take(talk.answered(1, 40), 50);

        assertThat(release(50)).isEmpty();
        assertThat(status(50).inFlight()).isOne();
        assertThat(offsets(release(1_020))).containsExactly(3L);
    }

    @Test
    void shouldIgnoreMessagesHeardBeforeAndOfOlderEpochs() {
        AskMessage ask = talk.ask(1);
        take(ask, 0);
        AskMessage settle = talk.answered(1, 0);
        release(0);
        take(settle, 10);

        assertThat(admission.take(settle, 20, 0.5)).isEqualTo(Origins.Verdict.SEEN_BEFORE);
        assertThat(admission.take(ask, 20, 0.5)).isEqualTo(Origins.Verdict.SEEN_BEFORE);
        assertThat(admission.take(new Talk(0, 4).ask(9), 20, 0.5)).isEqualTo(Origins.Verdict.OLD_EPOCH);
        assertThat(status(20).queued()).isZero();
    }

    @Test
    void shouldPurgeWhatTheNewEpochDoesNotHold() {
        asks(5);
        release(0);
        take(talk.started(1, 0), 10);
        Talk next = new Talk(0, 6);

        take(next.hello(), 100);
        take(next.ask(3), 100);
        take(next.helloDone(), 100);

        assertThat(status(100).queued()).as("4 and 5 are gone").isOne();
        assertThat(status(100).inFlight()).isZero();
        assertThat(status(100).usedInWindow()).as("1 and 2 may have started").isEqualTo(2);
        assertThat(offsets(release(1_020))).as("1 left the window").containsExactly(3L);
        assertThat(status(1_109).usedInWindow()).as("2 counts from the purge").isEqualTo(2);
        assertThat(status(1_110).usedInWindow()).isOne();
    }

    @Test
    void shouldLeaveOtherOriginsAloneInAPurge() {
        take(new Talk(1, 1).ask(1), 0);
        Talk next = new Talk(0, 6);
        take(next.hello(), 0);
        take(next.helloDone(), 0);

        assertThat(status(0).queued()).isOne();
    }

    @Test
    void shouldSendTheGrantAgainToANewEpochThatAsksForIt() {
        asks(1);
        release(0);
        Talk next = new Talk(0, 6);
        take(next.hello(), 100);
        take(next.ask(1), 100);

        List<Admission.Issue> again = release(100);
        take(next.helloDone(), 100);

        assertThat(again).extracting(Admission.Issue::askEpoch).containsExactly(6L);
        assertThat(status(100).inFlight()).isOne();
    }

    @Test
    void shouldNotFreeALeaseForTheOlderGrantThatANewEpochReturns() {
        asks(3);
        release(0);
        Talk next = new Talk(0, 6);
        take(next.ask(1), 100);
        release(100);

        take(next.unused(1), 101);
        assertThat(status(101).inFlight()).isEqualTo(2);

        take(next.unused(1), 102);
        assertThat(status(102).inFlight()).as("the newer grant came back too").isOne();
    }

    @Test
    void shouldKeepARunningCallThatItsNewOwnerReports() {
        asks(1);
        release(0);
        take(talk.started(1, 0), 10);
        Talk next = new Talk(0, 6);

        take(next.hello(), 100);
        take(next.started(1, 90), 100);
        take(next.helloDone(), 100);

        assertThat(status(100).inFlight()).isOne();
        assertThat(status(100).usedInWindow()).isOne();
    }

    @Test
    void shouldCountACallThatItNeverGranted() {
        take(talk.started(7, 30), 100);

        assertThat(status(100).inFlight()).isOne();
        assertThat(status(100).usedInWindow()).isOne();
        take(talk.answered(7, 60), 130);
        assertThat(status(130).inFlight()).isZero();
        assertThat(status(1_079).usedInWindow()).isOne();
        assertThat(status(1_080).usedInWindow()).isZero();
    }

    @Test
    void shouldNotBelieveThatACallStartedBeforeItsGrantOrAfterNow() {
        asks(3);
        admission.release(5_000);

        take(talk.started(1, Long.MAX_VALUE), 5_005);
        take(talk.started(2, -700), 5_005);

        assertThat(status(6_009).usedInWindow()).isEqualTo(2);
        assertThat(status(6_010).usedInWindow()).isOne();
        assertThat(status(6_015).usedInWindow()).isZero();
    }

    @Test
    void shouldSendUnreportedGrantsAgain() {
        asks(2);
        release(0);
        take(talk.started(2, 0), 10);

        assertThat(release(1_999)).isEmpty();
        assertThat(offsets(release(2_000))).containsExactly(1L);
        assertThat(release(3_999)).isEmpty();
        assertThat(offsets(release(4_000))).containsExactly(1L);
    }

    @Test
    void shouldReclaimALeaseThatIsNeverSettled() {
        asks(3);
        release(0);
        take(talk.started(1, 0), 0);
        take(talk.started(2, 0), 0);
        release(1_010);

        release(600_000);

        assertThat(status(600_000).inFlight())
                .as("only the third, granted later")
                .isOne();
    }

    @Test
    void shouldForgetEverythingInTheEnd() {
        asks(3);
        for (long now = 0; now < 5_000; now += 5) {
            for (Admission.Issue issue : release(now)) {
                take(talk.started(issue.key().offset(), 0), now);
                take(talk.answered(issue.key().offset(), 1), now + 1);
            }
        }

        assertThat(log.size()).isZero();
        assertThat(admission.nextWake(5_000)).isEqualTo(RequestWindow.NEVER);
    }

    @Test
    void shouldTakeAWithdrawnAskOutOfTheLineAndLeaveAGrantedOne() {
        asks(3);
        release(0);

        take(talk.withdraw(3), 1);
        take(talk.withdraw(1), 1);

        assertThat(status(1).queued()).isZero();
        assertThat(status(1).inFlight()).isEqualTo(2);
    }

    @Test
    void shouldPauseWhenTheServerRefusesAndOpenForAnOperator() {
        asks(5);
        release(0);

        take(talk.settle(1, CallEnd.THROTTLED, 20L, 30_000L), 20);

        assertThat(release(10_000)).as("nothing is sent again either").isEmpty();
        assertThat(status(10_000).binding()).isEqualTo(Binding.PAUSE);
        assertThat(status(10_000).pausedUntilMillis()).isEqualTo(30_020);
        assertThat(admission.nextWake(11_999)).isEqualTo(30_020);
        take(new AskMessage.Resume(Talk.SCOPE), 10_001);
        assertThat(status(10_001).paused()).isFalse();
        assertThat(status(10_001).binding()).as("one of two had passed").isEqualTo(Binding.REQUESTS);
        take(talk.answered(2, 0), 10_002);
        assertThat(offsets(release(11_012))).containsExactly(3L);
    }

    private void asks(int count) {
        for (long offset = 1; offset <= count; offset++) {
            take(talk.ask(offset), 0);
        }
    }

    private void take(AskMessage message, long nowMillis) {
        assertThat(admission.take(message, nowMillis, 0.5)).isEqualTo(Origins.Verdict.NEWS);
    }

    private List<Admission.Issue> release(long nowMillis) {
        return admission.release(nowMillis);
    }

    private AdmissionStatus status(long nowMillis) {
        return admission.statuses(nowMillis).get(0);
    }

    private static List<Long> offsets(List<Admission.Issue> issues) {
        return issues.stream().map(issue -> issue.key().offset()).toList();
    }
}
