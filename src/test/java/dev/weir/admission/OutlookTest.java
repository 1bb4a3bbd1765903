package dev.weir.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Priority;
import dev.weir.permit.AskMessage;
import dev.weir.permit.CallEnd;
import dev.weir.permit.LeaseKey;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a held request is told, in each of the states that hold it. */
final class OutlookTest {
    private final Talk talk = new Talk(0, 1);

    @Test
    void shouldTellPositionAndStartOfARequestInLine() {
        Admission admission = admission(new ScopeLimits(10, 1_000));
        for (int offset = 1; offset <= 40; offset++) {
            admission.take(talk.ask(offset), 0, 0.5);
        }
        for (Admission.Issue issue : admission.release(0)) {
            admission.take(talk.started(issue.key().offset(), 0), 0, 0.5);
        }

        Explanation last = explain(admission, 40, 0);
        assertThat(last.state()).isEqualTo("waiting");
        assertThat(last.position()).isEqualTo(30);
        assertThat(last.binding()).isEqualTo(Binding.REQUESTS);
        assertThat(last.expectedStartMillis()).isBetween(3_800L, 4_000L);
        assertThat(explain(admission, 1, 0).state()).isEqualTo("running");
        assertThat(admission.explain(Talk.SCOPE, talk.key(99), 0)).isEmpty();
        assertThat(admission.statuses(0).get(0).headStartMillis()).isEqualTo(1_010);
        assertThat(admission.statuses(0).get(0).queuedBy(Priority.NORMAL)).isEqualTo(30);
        assertThat(admission.statuses(0).get(0).freeRequests()).isZero();
    }

    @Test
    void shouldExpectTheOrderThatComes() {
        Seeds.forEach(30, random -> {
            Talk words = new Talk(0, 1);
            Admission admission = admission(new ScopeLimits(100, 1_000));
            for (int offset = 1; offset <= 400; offset++) {
                int who = random.nextInt(3);
                admission.take(words.ask(offset, Priority.NORMAL, offset, "abc".substring(who, who + 1), 1), 0, 0.5);
            }
            Map<Long, Long> expected = new HashMap<>();
            for (long offset = 1; offset <= 400; offset++) {
                LeaseKey key = words.key(offset);
                expected.put(
                        offset,
                        admission.explain(Talk.SCOPE, key, 0).orElseThrow().position());
            }
            long position = 0;
            long error = 0;
            for (long now = 0; now < 6_000; now++) {
                for (Admission.Issue issue : admission.release(now)) {
                    if (!issue.again()) {
                        error += Math.abs(++position - expected.get(issue.key().offset()));
                        admission.take(words.started(issue.key().offset(), 0), now, 0.5);
                    }
                }
            }
            assertThat(position).isEqualTo(400);
            assertThat(error / position).as("mean error of the position").isLessThan(30);
        });
    }

    @Test
    void shouldNameTheTenantsShare() {
        Admission admission = admission(new ScopeLimits(2, 1_000));
        for (int offset = 1; offset <= 10; offset++) {
            admission.take(talk.ask(offset, Priority.NORMAL, 0, offset <= 5 ? "a" : "b", 1), 0, 0.5);
        }
        admission.release(0);

        assertThat(explain(admission, 2, 0).binding()).isEqualTo(Binding.REQUESTS);
        admission.take(talk.ask(11, Priority.CRITICAL, 0, "a", 1), 0, 0.5);
        assertThat(explain(admission, 7, 0).binding()).isEqualTo(Binding.TENANT_SHARE);
    }

    @Test
    void shouldNameWhatHoldsEverybody() {
        Admission admission = admission(new ScopeLimits(0, 1_000, 2, 0));
        admission.take(talk.ask(1, 600), 0, 0.5);
        admission.take(talk.ask(2, 600), 0, 0.5);
        admission.release(0);
        assertThat(explain(admission, 2, 0).binding()).isEqualTo(Binding.TOKENS);

        admission.take(talk.settle(1, CallEnd.HALTED, 1L, null), 10, 0.5);
        admission.release(10);
        assertThat(explain(admission, 2, 10).binding()).isEqualTo(Binding.HALT);
        assertThat(explain(admission, 2, 10).expectedStartMillis()).isEqualTo(1_010);
        admission.release(1_010);
        admission.take(talk.ask(3, 10), 1_020, 0.5);
        assertThat(explain(admission, 3, 1_020).binding())
                .as("one probe is out")
                .isEqualTo(Binding.HALT);
        assertThat(explain(admission, 3, 1_020).expectedStartMillis()).isEqualTo(Long.MAX_VALUE);
        admission.take(new AskMessage.Resume(Talk.SCOPE), 1_030, 0.5);
        assertThat(admission.release(1_030)).anyMatch(issue -> issue.key().equals(talk.key(3)));
        admission.take(talk.ask(4, 10), 1_040, 0.5);
        admission.release(1_040);
        assertThat(explain(admission, 4, 1_040).binding()).isEqualTo(Binding.IN_FLIGHT);
        admission.take(talk.settle(3, CallEnd.THROTTLED, 1L, 5_000L), 1_050, 0.5);
        assertThat(explain(admission, 4, 1_050).binding()).isEqualTo(Binding.PAUSE);
    }

    private Explanation explain(Admission admission, long offset, long now) {
        return admission.explain(Talk.SCOPE, talk.key(offset), now).orElseThrow();
    }

    private static Admission admission(ScopeLimits limits) {
        return new Admission(Talk.settings(limits, 0), new MapLog());
    }
}
