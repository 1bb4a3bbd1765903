package dev.weir.client;

/** Lets a stream thread poll lazily while none of its tasks needs ticks, so that an idle process uses no processor. */
public interface IdlePolls {
    /**
     * Tells whether the task needs ticks. Threading: called on the task's stream thread, also from its {@code close()}.
     *
     * @param task any object that identifies the task
     * @param idle true when only a record can bring the task work
     */
    void idle(Object task, boolean idle);
}
