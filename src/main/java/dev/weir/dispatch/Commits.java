package dev.weir.dispatch;

/** The commits of the task's stream thread. */
interface Commits {
    /** Asks for a commit as soon as the thread can. */
    void request();

    /** Runs the action on the stream thread once the next commit has returned; never when it fails. */
    void after(Runnable action);
}
