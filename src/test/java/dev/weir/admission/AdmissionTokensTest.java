package dev.weir.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.StopClass;
import dev.weir.permit.AskMessage;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tokens reserved at the grant and settled by usage; ten bytes of a body are ten tokens here. */
final class AdmissionTokensTest {
    private final Talk talk = new Talk(0, 1);
    private final MapLog log = new MapLog();
    private final AdmissionSettings settings = Talk.settings(new ScopeLimits(0, 1_000, 1_000, 0), 0);
    private final Admission admission = new Admission(settings, log);

    @Test
    void shouldGrantWhatFitsIntoTheMinuteAndGoOnWhenItIsOver() {
        for (int offset = 1; offset <= 3; offset++) {
            take(talk.ask(offset, 400), 0);
        }

        assertThat(offsets(0)).containsExactly(1L, 2L);
        take(talk.usage(1, 400, 0, 0), 100);
        take(talk.usage(2, 400, 0, 0), 100);
        assertThat(admission.nextWake(200)).isLessThanOrEqualTo(60_110);
        assertThat(offsets(60_000)).isEmpty();
        assertThat(offsets(60_110)).containsExactly(3L);
    }

    @Test
    void shouldGiveBackWhatACallDidNotUse() {
        take(talk.ask(1, 900), 0);
        take(talk.ask(2, 300), 0);
        assertThat(offsets(0)).containsExactly(1L);

        take(talk.usage(1, 300, 100, 0), 2_000);

        assertThat(offsets(2_000)).containsExactly(2L);
        assertThat(status(2_000).usedTokens()).isEqualTo(400 + status(2_000).reservedTokens());
    }

    @Test
    void shouldRefuseARequestLargerThanAWholeWindow() {
        take(talk.ask(1, 1_001), 0);

        assertThat(offsets(0)).isEmpty();
        assertThat(admission.takeRefusals()).singleElement().satisfies(refusal -> {
            assertThat(refusal.stopClass()).isEqualTo(StopClass.FATAL);
            assertThat(refusal.key()).isEqualTo(talk.key(1));
            assertThat(refusal.message()).contains("1001 tokens", "1000 tokens a minute", "quota.grok-4.tokens");
        });
        assertThat(log.size()).isZero();
    }

    @Test
    void shouldGrantARequestLargerThanWhatIsNotKeptForTheUrgent() {
        Admission keeping = new Admission(Talk.settings(new ScopeLimits(0, 1_000, 1_000, 20), 0), new MapLog());
        keeping.take(talk.ask(1, 900), 0, 0.5);
        keeping.take(talk.ask(2, 100), 0, 0.5);

        assertThat(keeping.release(0)).extracting(issue -> issue.key().offset()).containsExactly(1L);
        assertThat(keeping.statuses(0).get(0).reservedTokens()).isEqualTo(800);

        keeping.take(talk.usage(1, 900, 0, 0), 10, 0.5);
        assertThat(keeping.statuses(10).get(0).usedTokens()).isEqualTo(900);
        assertThat(keeping.release(60_020))
                .extracting(issue -> issue.key().offset())
                .containsExactly(2L);
    }

    @Test
    void shouldLetSmallRequestsPassALargeOneForAWhileOnly() {
        take(talk.ask(1, 600), 0);
        take(talk.ask(2, 900), 0);
        for (int offset = 3; offset <= 10; offset++) {
            take(talk.ask(offset, 100), 0);
        }

        assertThat(offsets(0)).as("a quarter of the window passes").containsExactly(1L, 3L, 4L);
        for (int offset : new int[] {1, 3, 4}) {
            take(talk.usage(offset, offset == 1 ? 600 : 100, 0, 0), 10);
        }
        assertThat(offsets(30_000)).isEmpty();
        assertThat(offsets(60_020)).containsExactly(2L, 5L);
    }

    @Test
    void shouldGrantAnAskWhoseDeadlineHasPassedByThisClock() {
        take(talk.ask(1, 900), 0);
        take(talk.askUntil(2, 900, 5_000), 0);
        offsets(0);
        take(talk.usage(1, 1, 0, 0), 6_000);

        assertThat(offsets(6_000)).as("another clock may be behind").containsExactly(2L);
        assertThat(admission.takeRefusals()).isEmpty();
    }

    @Test
    void shouldKeepTokensThroughACrash() {
        take(talk.ask(1, 600), 0);
        take(talk.ask(2, 600), 0);
        offsets(0);
        take(talk.usage(1, 500, 0, 0), 10);
        admission.release(10);

        Admission successor = log.copy().successor(settings, 20);
        assertThat(successor.statuses(20)).isEqualTo(admission.statuses(20));
        assertThat(successor.release(20)).isEmpty();
        assertThat(successor.release(60_020)).hasSize(1);
    }

    private void take(AskMessage message, long now) {
        admission.take(message, now, 0.5);
    }

    private List<Long> offsets(long now) {
        return admission.release(now).stream()
                .filter(issue -> !issue.again())
                .map(issue -> issue.key().offset())
                .toList();
    }

    private AdmissionStatus status(long now) {
        return admission.statuses(now).get(0);
    }
}
