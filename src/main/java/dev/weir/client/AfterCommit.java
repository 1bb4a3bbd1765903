package dev.weir.client;

/** Work that waits for the calling stream thread's next commit. */
public interface AfterCommit {
    /**
     * Runs the action on this same stream thread once its next commit has returned; never when that commit fails,
     * aborts or the task is closed before.
     */
    void afterCommit(Runnable action);

    /** Whether the thread's last commit is long enough ago for another one; asking sooner costs more than it brings. */
    default boolean isCommitDue() {
        return true;
    }

    /**
     * Runs the wish on this same stream thread as soon as a commit is due, also while it waits for records; never when
     * it commits before.
     */
    default void whenCommitIsDue(Runnable wish) {}
}
