package dev.weir.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.permit.AskMessage;
import dev.weir.permit.CallEnd;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Grants that nobody reported as used while calls are held back. */
final class HeldGrantsTest {
    private static final long LEASE_MILLIS = 600_000;

    private final MapLog log = new MapLog();
    private final Talk talk = new Talk(0, 5);
    private final AdmissionSettings settings = Talk.settings(10, 3);
    private Admission admission = new Admission(settings, log);

    @Test
    void shouldHoldGrantsBackWhileAPauseLastsAndSendThemWhenItIsOver() {
        grants(3);
        take(talk.settle(1, CallEnd.THROTTLED, 0L, 30_000L), 100);

        assertThat(sent(10_000)).isEmpty();
        assertThat(admission.nextWake(10_000)).isEqualTo(30_100);
        assertThat(sent(30_099)).isEmpty();
        assertThat(sent(30_100)).containsExactly(2L, 3L);
    }

    @Test
    void shouldHoldBackWhatANewEpochAsksForAgain() {
        grants(2);
        take(talk.settle(1, CallEnd.THROTTLED, 0L, 30_000L), 100);
        Talk next = new Talk(0, 6);

        take(next.hello(), 200);
        take(next.ask(2), 200);
        take(next.helloDone(), 200);

        assertThat(sent(200)).isEmpty();
        assertThat(admission.nextWake(200)).isGreaterThan(200);
        List<Admission.Issue> late = admission.release(30_100);
        assertThat(late).extracting(Admission.Issue::askEpoch).containsExactly(6L);
    }

    @Test
    void shouldSendNothingButTheSingleCallWhileTheDoorIsClosed() {
        grants(3);
        take(talk.ask(4), 100);
        take(talk.settle(1, CallEnd.HALTED, 0L, null), 100);

        assertThat(sent(1_099)).isEmpty();
        assertThat(sent(1_100)).as("the single call").containsExactly(4L);
        assertThat(sent(3_099)).isEmpty();
        assertThat(sent(3_100)).as("nobody reported it").containsExactly(4L);

        take(talk.answered(4, 0), 3_200);
        assertThat(sent(3_200)).as("the server takes calls again").containsExactly(2L, 3L);
    }

    @Test
    void shouldTryWithAHeldGrantWhenNobodyElseCanBeGranted() {
        grants(3);
        take(talk.ask(4), 50);
        take(talk.ask(5), 50);
        take(talk.settle(1, CallEnd.HALTED, 0L, null), 100);
        assertThat(sent(1_100)).containsExactly(4L);
        take(talk.settle(4, CallEnd.HALTED, 0L, null), 1_200);
        take(talk.withdraw(5), 1_200);

        assertThat(sent(2_500)).isEmpty();
        assertThat(admission.nextWake(2_500)).isEqualTo(3_200);
        assertThat(sent(3_199)).isEmpty();
        assertThat(sent(3_200)).containsExactly(2L);
        assertThat(sent(3_201)).isEmpty();

        take(talk.answered(2, 0), 3_300);
        assertThat(sent(3_300)).containsExactly(3L);
    }

    @Test
    void shouldNotTakeALeaseForLostWhileItsGrantIsHeldBack() {
        grants(2);
        take(talk.settle(1, CallEnd.THROTTLED, 0L, 60_000L), 100);
        long now = 100;
        for (int pause = 0; pause < 20; pause++) {
            now += 50_000;
            take(talk.settle(1_000 + pause, CallEnd.THROTTLED, 0L, 60_000L), now);
            admission = log.successor(settings, now);
            assertThat(sent(now)).isEmpty();
        }

        assertThat(now).isGreaterThan(LEASE_MILLIS);
        assertThat(sent(now + 60_000)).containsExactly(2L);
        assertThat(sent(now + 60_001)).isEmpty();
        take(talk.started(2, 0), now + 60_010);
        assertThat(admission.statuses(now + 60_010).get(0).inFlight()).isOne();
    }

    private void grants(int count) {
        for (long offset = 1; offset <= count; offset++) {
            take(talk.ask(offset), 0);
        }
        assertThat(sent(0)).hasSize(count);
    }

    private void take(AskMessage message, long nowMillis) {
        assertThat(admission.take(message, nowMillis, 0.5)).isEqualTo(Origins.Verdict.NEWS);
    }

    private List<Long> sent(long nowMillis) {
        return admission.release(nowMillis).stream()
                .map(issue -> issue.key().offset())
                .toList();
    }
}
