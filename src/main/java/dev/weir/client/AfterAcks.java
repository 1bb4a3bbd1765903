package dev.weir.client;

/** Work that waits until what the calling stream thread has written so far is acknowledged by the brokers. */
public interface AfterAcks {
    /**
     * Runs the action once every write of the calling stream thread's producer so far is acknowledged; at once when all
     * are. When a write fails the action never runs (the task dies and is restored). Threading: called on a stream
     * thread; the action runs on that thread or on the producer's network thread, and may not block.
     */
    void afterAcks(Runnable action);

    /**
     * Whether so many wait that they had better share a commit: few large writes cost the brokers less than many small
     * ones. Threading: called on a stream thread.
     */
    default boolean isCrowded() {
        return false;
    }
}
