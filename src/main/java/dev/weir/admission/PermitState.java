package dev.weir.admission;

import dev.weir.event.Priority;

/** Where a permit stands. */
sealed interface PermitState {
    /**
     * Waits in line.
     *
     * @param priority how urgent
     * @param receivedAtMillis when the request was first read, epoch milliseconds
     * @param arrival grows with every ask of the scope; decides between equal ranks
     */
    record Queued(Priority priority, long receivedAtMillis, long arrival) implements PermitState {}

    /**
     * Granted, and not known to have been used yet.
     *
     * @param atMillis when
     */
    record Granted(long atMillis) implements PermitState {}

    /**
     * Its call runs.
     *
     * @param grantedAtMillis when it was granted
     * @param startMillis when the call was made, by admission's clock
     */
    record Started(long grantedAtMillis, long startMillis) implements PermitState {}

    /**
     * Its call is over, or lost, and still counts in the window.
     *
     * @param startMillis when the call was made, by admission's clock
     */
    record Settled(long startMillis) implements PermitState {}
}
