package dev.weir.client;

import dev.weir.permit.InboxMessage;

/** Sends to dispatch inboxes through a plain idempotent producer, never a transactional one. */
public interface InboxSender {
    /** Sends without blocking. Threading: any. */
    void send(int partition, InboxMessage message);
}
