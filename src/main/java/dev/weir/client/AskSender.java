package dev.weir.client;

import dev.weir.permit.AskMessage;

/** Sends to admission through a plain idempotent producer. */
public interface AskSender {
    /** Sends to the admission task that owns the scope, without blocking. Threading: any; order is kept per thread. */
    void send(String scope, AskMessage message);

    /** Sends to every admission task. */
    void broadcast(AskMessage message);
}
