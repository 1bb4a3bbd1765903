package dev.weir.chaos;

/**
 * Something that goes wrong in a house of processes. It returns when the cause is over, not when all have recovered;
 * that it happened is asserted.
 */
interface Fault {
    /** How it reads in the timeline. */
    String name();

    /** Whether calls may be made twice for it, because a process is lost with their results. */
    boolean mayRepeatCalls();

    /** Lets it happen. */
    void strike() throws InterruptedException;
}
