package dev.weir.client;

import dev.weir.permit.AskMessage;

/**
 * Sends to admission through a plain idempotent producer. What a thread says is gathered until it pushes, so that many
 * messages share a record. Threading: any; order is kept per thread.
 */
public interface AskSender {
    /** Sends to the admission task that owns the scope, without blocking, at the next {@link #push} at the latest. */
    void send(String scope, AskMessage message);

    /** Sends to every admission task, at the next {@link #push} at the latest. */
    void broadcast(AskMessage message);

    /** Sends what this thread has gathered, without blocking. */
    void push();
}
