package dev.weir.client;

/**
 * How long a stream thread waits for records: long while none of its tasks needs ticks, so that an idle process uses no
 * processor, and only until one of its calls is over.
 */
public interface IdlePolls {
    /**
     * Tells whether the task needs ticks. Threading: called on the task's stream thread, also from its {@code close()}.
     *
     * @param task any object that identifies the task
     * @param idle true when only a record can bring the task work
     */
    void idle(Object task, boolean idle);

    /**
     * What ends the calling stream thread's wait for records, so that its tasks tick at once. Threading: to be run on
     * any thread, and cheap to run often.
     */
    default Runnable waker() {
        return () -> {};
    }
}
