package dev.weir.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How often a stream thread may commit on request. */
final class CommitPaceTest {
    private final CommitPace pace = new CommitPace(true);
    private final CommitPace transactions = new CommitPace(false);

    @Test
    void shouldAllowTheFirstCommitAtOnce() {
        assertThat(pace.isDue(Long.MIN_VALUE)).isTrue();
    }

    @Test
    void shouldAllowTheNextOneOnceTheLastIsAsLongAgoAsItTook() {
        pace.committed(0, millis(40), 1);

        assertThat(pace.isDue(millis(79))).isFalse();
        assertThat(pace.isDue(millis(80))).isTrue();
    }

    @Test
    void shouldLeaveSomeTimeAlsoAfterAQuickCommit() {
        pace.committed(0, 1, 1);

        assertThat(pace.isDue(millis(4))).isFalse();
        assertThat(pace.isDue(millis(5) + 1)).isTrue();
    }

    @Test
    void shouldCountIdleTimeFourfold() {
        pace.committed(0, millis(40), 1);
        pace.idled(millis(5));

        assertThat(pace.leftNanos(millis(45))).isEqualTo(millis(20));
        assertThat(pace.idleLeftNanos(millis(45))).isEqualTo(millis(5));
        assertThat(pace.isDue(millis(65))).isTrue();

        pace.committed(millis(65), millis(105), 1);
        assertThat(pace.leftNanos(millis(105))).isEqualTo(millis(40));
    }

    @Test
    void shouldNotCountIdleTimeTwiceWhereACommitCostsMore() {
        transactions.committed(0, millis(40), 1);
        transactions.idled(millis(5));

        assertThat(transactions.leftNanos(millis(45))).isEqualTo(millis(35));
        assertThat(transactions.idleLeftNanos(millis(45))).isEqualTo(millis(35));
    }

    @Test
    void shouldCountATransactionFromItsFirstFlushOnceManyWait() {
        flushTwiceAndCommit(0, 63);
        assertThat(transactions.leftNanos(millis(31))).isEqualTo(millis(5));

        flushTwiceAndCommit(millis(40), 64);
        assertThat(transactions.leftNanos(millis(71))).isEqualTo(millis(31));

        transactions.committed(millis(110), millis(111), 64);
        assertThat(transactions.leftNanos(millis(111))).isEqualTo(millis(10));
    }

    @Test
    void shouldForgetTheFlushOfATransactionThatWasAborted() {
        transactions.flushes(0);
        transactions.aborted();
        flushTwiceAndCommit(millis(40), 64);

        assertThat(transactions.leftNanos(millis(71))).isEqualTo(millis(31));
    }

    @Test
    void shouldWaitForHalfASecondAtMost() {
        transactions.flushes(0);
        transactions.committed(millis(9_000), millis(9_001), 64);

        assertThat(transactions.leftNanos(millis(9_001))).isEqualTo(millis(500));
    }

    private void flushTwiceAndCommit(long nowNanos, int waited) {
        transactions.flushes(nowNanos);
        transactions.flushes(nowNanos + millis(10));
        transactions.committed(nowNanos + millis(30), nowNanos + millis(31), waited);
    }

    @Test
    void shouldFollowTheClockThroughItsOverflow() {
        pace.committed(Long.MAX_VALUE - 10, Long.MAX_VALUE, 1);

        assertThat(pace.isDue(Long.MAX_VALUE + millis(1))).isFalse();
        assertThat(pace.isDue(Long.MAX_VALUE + millis(5))).isTrue();
    }

    private static long millis(long count) {
        return TimeUnit.MILLISECONDS.toNanos(count);
    }
}
