package dev.weir.dispatch;

/** The commits of the task's stream thread. */
interface Commits {
    /** Asks for a commit as soon as the thread's pace allows. */
    void request();

    /** Asks again for what the pace has not allowed yet. */
    void proceed();

    /** Whether a commit that was asked for has not come yet. */
    boolean isWaiting();

    /** Runs the action on the stream thread once the next commit has returned; never when it fails. */
    void after(Runnable action);
}
