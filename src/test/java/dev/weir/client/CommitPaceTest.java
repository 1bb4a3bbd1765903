package dev.weir.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How often a stream thread may commit on request. */
final class CommitPaceTest {
    private final CommitPace pace = new CommitPace(4);

    @Test
    void shouldAllowTheFirstCommitAtOnce() {
        assertThat(pace.isDue(Long.MIN_VALUE)).isTrue();
    }

    @Test
    void shouldAllowTheNextOneOnceTheLastIsAsLongAgoAsItTook() {
        commit(0, millis(40), 1);

        assertThat(pace.isDue(millis(79))).isFalse();
        assertThat(pace.isDue(millis(80))).isTrue();
    }

    @Test
    void shouldLeaveSomeTimeAlsoAfterAQuickCommit() {
        commit(0, 1, 1);

        assertThat(pace.isDue(millis(4))).isFalse();
        assertThat(pace.isDue(millis(5) + 1)).isTrue();
    }

    @Test
    void shouldCountIdleTimeFourfold() {
        commit(0, millis(40), 1);
        pace.idled(millis(5));

        assertThat(pace.leftNanos(millis(45))).isEqualTo(millis(20));
        assertThat(pace.idleLeftNanos(millis(45))).isEqualTo(millis(5));
        assertThat(pace.isDue(millis(65))).isTrue();

        commit(millis(65), millis(105), 1);
        assertThat(pace.leftNanos(millis(105))).isEqualTo(millis(40));
    }

    @Test
    void shouldLetManyShareACommit() {
        commit(0, 1, 16);
        pace.idled(millis(5));

        assertThat(pace.isDue(millis(9))).isFalse();
        assertThat(pace.idleLeftNanos(millis(9) + 1)).isEqualTo(millis(1));
        assertThat(pace.isDue(millis(10) + 1)).isTrue();

        commit(millis(11), millis(11), 15);
        pace.idled(millis(1));
        assertThat(pace.isDue(millis(13))).isTrue();
    }

    @Test
    void shouldTakeTheFlushesOfSeveralTasksForOneCommit() {
        commit(0, millis(2), 15);
        commit(millis(3), millis(20), 1);

        assertThat(pace.leftNanos(millis(20))).isEqualTo(millis(20));

        commit(millis(40), millis(41), 15);
        assertThat(pace.leftNanos(millis(41)))
                .as("those who came before do not count")
                .isEqualTo(millis(5));
    }

    @Test
    void shouldCountACommitFromItsFirstFlush() {
        pace.begins(0);
        pace.begins(millis(10));
        pace.committed(millis(30), 1);

        assertThat(pace.leftNanos(millis(30))).isEqualTo(millis(30));
    }

    @Test
    void shouldFollowTheClockThroughItsOverflow() {
        commit(Long.MAX_VALUE - 10, Long.MAX_VALUE, 1);

        assertThat(pace.isDue(Long.MAX_VALUE + millis(1))).isFalse();
        assertThat(pace.isDue(Long.MAX_VALUE + millis(5))).isTrue();
    }

    private void commit(long begunNanos, long nowNanos, int waited) {
        pace.begins(begunNanos);
        pace.committed(nowNanos, waited);
    }

    private static long millis(long count) {
        return TimeUnit.MILLISECONDS.toNanos(count);
    }
}
