package dev.weir.dispatch;

import dev.weir.client.AfterCommit;

/**
 * One task's wish for commits. Streams commits after every few records once a task asks, which under load would be a
 * transaction for each; so the wish waits until the thread's pace allows it. Threading: the task's stream thread.
 */
final class PacedCommits implements Commits {
    private final Runnable commit;
    private final AfterCommit afterCommit;
    private boolean waiting;

    PacedCommits(Runnable commit, AfterCommit afterCommit) {
        this.commit = commit;
        this.afterCommit = afterCommit;
    }

    @Override
    public void request() {
        if (!waiting) {
            waiting = true;
            afterCommit.afterCommit(() -> waiting = false);
            if (!afterCommit.isCommitDue()) {
                afterCommit.whenCommitIsDue(commit);
            }
        }
        proceed();
    }

    @Override
    public void proceed() {
        if (waiting && afterCommit.isCommitDue()) {
            commit.run();
        }
    }

    @Override
    public boolean isWaiting() {
        return waiting;
    }

    @Override
    public void after(Runnable action) {
        afterCommit.afterCommit(action);
    }

    @Override
    public void soon() {
        request();
    }

    @Override
    public void whenDurable(Runnable action) {
        after(action);
        request();
    }
}
