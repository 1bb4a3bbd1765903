package dev.weir.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WriteBarrierTest {
    private final WriteBarrier barrier = new WriteBarrier();
    private final List<String> ran = new ArrayList<>();

    @Test
    void shouldRunAtOnceWhenNothingIsUnderWay() {
        barrier.afterAcks(() -> ran.add("a"));

        assertThat(ran).containsExactly("a");
    }

    @Test
    void shouldWaitForEveryEarlierWriteWhateverTheOrderOfAcknowledgements() {
        // given
        var first = barrier.writing();
        barrier.afterAcks(() -> ran.add("behind first"));
        var second = barrier.writing();
        barrier.afterAcks(() -> ran.add("behind second"));

        // when
        second.done(false);

        // then
        assertThat(ran).isEmpty();
        first.done(false);
        assertThat(ran).containsExactly("behind first", "behind second");
    }

    @Test
    void shouldTellACrowdOfThoseWhoWait() {
        var first = barrier.writing();
        for (int i = 0; i < 15; i++) {
            barrier.afterAcks(() -> {});
        }
        assertThat(barrier.isCrowded()).isFalse();
        var second = barrier.writing();
        barrier.afterAcks(() -> {});
        assertThat(barrier.isCrowded()).isTrue();

        first.done(false);

        assertThat(barrier.isCrowded()).isFalse();
        second.done(false);
    }

    @Test
    void shouldNotCountThoseWhoWereDropped() {
        var lost = barrier.writing();
        for (int i = 0; i < 16; i++) {
            barrier.afterAcks(() -> {});
        }
        lost.done(true);
        barrier.begin();
        var next = barrier.writing();
        barrier.afterAcks(() -> {});

        assertThat(barrier.isCrowded()).isFalse();
        next.done(false);
    }

    @Test
    void shouldNeverRunBehindAFailedWrite() {
        // given
        var lost = barrier.writing();
        barrier.afterAcks(() -> ran.add("a"));
        var kept = barrier.writing();
        barrier.afterAcks(() -> ran.add("b"));

        // when
        lost.done(true);
        kept.done(false);

        // then
        assertThat(ran).isEmpty();
    }

    @Test
    void shouldGoOnAfterAFailureOnceATaskBegins() {
        // given
        var lost = barrier.writing();
        barrier.afterAcks(() -> ran.add("dropped"));
        lost.done(true);
        barrier.afterAcks(() -> ran.add("its thread does not know yet"));

        // when
        barrier.begin();
        barrier.afterAcks(() -> ran.add("at once"));
        var later = barrier.writing();
        barrier.afterAcks(() -> ran.add("behind a later write"));
        later.done(false);

        // then
        assertThat(ran).containsExactly("at once", "behind a later write");
    }

    @Test
    void shouldWaitForTheWritesOfDroppedActions() {
        // given
        var lost = barrier.writing();
        barrier.afterAcks(() -> ran.add("dropped"));
        var slow = barrier.writing();
        lost.done(true);
        barrier.begin();
        barrier.afterAcks(() -> ran.add("behind a slow write"));
        var later = barrier.writing();
        barrier.afterAcks(() -> ran.add("behind a later write"));

        // when
        later.done(false);

        // then
        assertThat(ran).isEmpty();
        slow.done(false);
        assertThat(ran).containsExactly("behind a slow write", "behind a later write");
    }

    @Test
    void shouldRunTheOthersWhenOneFails() {
        var write = barrier.writing();
        barrier.afterAcks(() -> {
            throw new IllegalStateException("of no concern to the others");
        });
        barrier.afterAcks(() -> ran.add("another"));

        write.done(false);

        assertThat(ran).containsExactly("another");
    }

    @Test
    void shouldNotWaitForLaterWrites() {
        // given
        var before = barrier.writing();
        barrier.afterAcks(() -> ran.add("a"));
        barrier.writing();

        // when
        before.done(false);

        // then
        assertThat(ran).containsExactly("a");
    }
}
