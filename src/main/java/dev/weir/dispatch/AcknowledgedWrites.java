package dev.weir.dispatch;

import dev.weir.client.AfterAcks;

/**
 * Without transactions a write is durable, and seen, once the brokers have acknowledged it: nothing waits for a commit
 * but what is about offsets. Where there is a crowd a commit serves all: the thread waits in its flush, and meanwhile
 * answers gather whose outcomes go into few writes then. Threading: the task's stream thread.
 */
final class AcknowledgedWrites implements Commits {
    private final Commits commits;
    private final AfterAcks afterAcks;

    AcknowledgedWrites(Commits commits, AfterAcks afterAcks) {
        this.commits = commits;
        this.afterAcks = afterAcks;
    }

    @Override
    public void request() {
        commits.request();
    }

    @Override
    public void proceed() {
        commits.proceed();
    }

    @Override
    public boolean isWaiting() {
        return commits.isWaiting();
    }

    @Override
    public void after(Runnable action) {
        commits.after(action);
    }

    /** It is on its way. */
    @Override
    public void soon() {}

    @Override
    public void whenDurable(Runnable action) {
        if (afterAcks.isCrowded()) {
            commits.after(action);
            commits.request();
        } else {
            afterAcks.afterAcks(action);
        }
    }
}
