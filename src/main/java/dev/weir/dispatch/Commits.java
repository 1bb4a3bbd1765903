package dev.weir.dispatch;

/** How a task's work becomes durable: by the commits of its stream thread or, without transactions, write by write. */
interface Commits {
    /** Asks for a commit as soon as the thread's pace allows. */
    void request();

    /** Asks again for what the pace has not allowed yet. */
    void proceed();

    /** Whether a commit that was asked for has not come yet. */
    boolean isWaiting();

    /** Runs the action on the stream thread once the next commit has returned; never when it fails. */
    void after(Runnable action);

    /** What was written is to become durable, and be seen, soon. */
    void soon();

    /**
     * Runs the action once everything that was written so far is durable, which is seen to; never when that fails.
     * Threading: called on the stream thread; the action runs there or on a producer's network thread, and may not
     * block.
     */
    void whenDurable(Runnable action);
}
