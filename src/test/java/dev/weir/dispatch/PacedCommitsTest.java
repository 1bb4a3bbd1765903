package dev.weir.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.client.AfterCommit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A task's wish for commits, and the pace of its thread. */
final class PacedCommitsTest {
    private final Thread thread = new Thread();
    private final PacedCommits commits = new PacedCommits(() -> thread.asked++, thread);

    /** A stream thread that commits when the test says so. */
    private static final class Thread implements AfterCommit {
        private final List<Runnable> actions = new ArrayList<>();
        private final List<Runnable> wishes = new ArrayList<>();
        private boolean due = true;
        private int asked;

        @Override
        public void afterCommit(Runnable action) {
            actions.add(action);
        }

        @Override
        public boolean isCommitDue() {
            return due;
        }

        @Override
        public void whenCommitIsDue(Runnable wish) {
            wishes.add(wish);
        }

        void commit() {
            actions.forEach(Runnable::run);
            actions.clear();
        }
    }

    @Test
    void shouldAskAtOnceWhenTheThreadIsReady() {
        commits.request();

        assertThat(thread.asked).isEqualTo(1);
        assertThat(commits.isWaiting()).isTrue();
    }

    @Test
    void shouldKeepTheWishUntilThePaceAllowsIt() {
        thread.due = false;
        commits.request();
        commits.proceed();
        assertThat(thread.asked).isZero();

        thread.due = true;
        commits.proceed();
        assertThat(thread.asked).isEqualTo(1);
    }

    @Test
    void shouldLeaveOneWishWithTheThreadForWhenACommitIsDue() {
        thread.due = false;
        commits.request();
        commits.request();

        assertThat(thread.wishes).hasSize(1);
        thread.wishes.get(0).run();
        assertThat(thread.asked).isEqualTo(1);
    }

    @Test
    void shouldHaveNoWishLeftOnceAnyCommitOfTheThreadHasReturned() {
        thread.due = false;
        commits.request();

        thread.commit();
        thread.due = true;
        commits.proceed();

        assertThat(commits.isWaiting()).isFalse();
        assertThat(thread.asked).isZero();
    }

    @Test
    void shouldRunActionsOncePerCommit() {
        int[] runs = new int[1];
        commits.after(() -> runs[0]++);

        thread.commit();
        thread.commit();

        assertThat(runs[0]).isEqualTo(1);
    }
}
