package dev.weir.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Priority;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class OutcomesTest {
    private static final long LARGEST = 190;

    private Shelf<String> store;
    private Outcomes outcomes;

    @BeforeEach
    void open() {
        store = Shelf.ids(Stored.inMemory());
        outcomes = fresh();
    }

    @Test
    void shouldTellAnOpenLeaderAndItsSuccess() {
        outcomes.open("0:a", 7);
        assertThat(outcomes.find("0:a", 0)).isEqualTo(new Outcomes.Known.Open(7));

        outcomes.succeeded("0:a", new byte[] {1, 2}, 0);
        assertThat(outcomes.find("0:a", 0)).isInstanceOf(Outcomes.Known.Done.class);
    }

    @Test
    void shouldForgetAfterTheWindow() {
        outcomes.succeeded("0:a", new byte[] {1}, 0);

        assertThat(outcomes.find("0:a", 60_000)).isNull();
        outcomes.expire(60_000);
        assertThat(store.get("0:a")).isNull();
    }

    @Test
    void shouldLetTheOldestGoWhenBytesRunOut() {
        outcomes.succeeded("0:a", new byte[60], 0);
        outcomes.succeeded("0:b", new byte[60], 1);

        assertThat(outcomes.find("0:a", 2)).isNull();
        assertThat(outcomes.find("0:b", 2)).isNotNull();
    }

    @Test
    void shouldForgetAnAnswerThatItsTopicDoesNotTake() {
        outcomes.open("0:a", 7);
        outcomes.succeeded("0:a", new byte[78], 0);
        outcomes.open("0:b", 8);
        outcomes.succeeded("0:b", new byte[79], 0);

        assertThat(outcomes.find("0:a", 0)).isInstanceOf(Outcomes.Known.Done.class);
        assertThat(outcomes.find("0:b", 0)).isNull();
        assertThat(store.get("0:b")).isNull();
    }

    @Test
    void shouldDecideTheSameAfterARebuild() {
        outcomes.succeeded("0:a", new byte[10], 0);
        outcomes.succeeded("0:b", new byte[10], 30_000);

        Outcomes rebuilt = fresh();
        rebuilt.rebuild();
        rebuilt.expire(60_000);

        assertThat(rebuilt.find("0:a", 60_000)).isNull();
        assertThat(rebuilt.find("0:b", 60_000)).isNotNull();
    }

    @Test
    void shouldKeepTheLaterOfTwoAnswers() {
        outcomes.succeeded("0:a", new byte[30], 0);
        outcomes.succeeded("0:b", new byte[30], 1);
        outcomes.succeeded("0:a", new byte[40], 30_000);

        assertThat(outcomes.find("0:b", 30_000))
                .as("70 bytes and what goes with them")
                .isNotNull();
        outcomes.expire(60_001);
        assertThat(outcomes.find("0:b", 60_001)).isNull();
        assertThat(outcomes.find("0:a", 60_001)).isInstanceOf(Outcomes.Known.Done.class);
    }

    @Test
    void shouldNotLetAnOldExpiryRemoveANewLeader() {
        outcomes.succeeded("0:a", new byte[10], 0);
        outcomes.open("0:a", 9);
        outcomes.expire(60_000);

        assertThat(outcomes.find("0:a", 60_000)).isEqualTo(new Outcomes.Known.Open(9));
    }

    @Test
    void shouldLearnTheLeaderOfAnIdFromTheLedger() {
        Entry leader = entry("a", true, new Status.Waiting());
        outcomes.restore(3, entry("a", true, new Status.Following(7)));
        outcomes.restore(5, entry("b", false, new Status.Waiting()));
        outcomes.restore(7, leader);

        assertThat(outcomes.isLedBy(leader.outcomeKey(), 7)).isTrue();
        assertThat(outcomes.find("0:b", 0)).isNull();
        outcomes.forget(leader.outcomeKey());
        assertThat(outcomes.isLedBy(leader.outcomeKey(), 7)).isFalse();
    }

    private static Entry entry(String id, boolean ownId, Status status) {
        return new Entry(id, ownId, 0, "m", "m", Priority.NORMAL, "", 0, null, 10, null, Progress.at(0), status, null);
    }

    private Outcomes fresh() {
        return new Outcomes(store, Duration.ofMinutes(1), 100, LARGEST);
    }
}
