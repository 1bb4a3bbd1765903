package dev.weir.client;

import dev.weir.permit.InboxMessage;
import java.util.List;

/** Sends to dispatch inboxes through a plain idempotent producer, never a transactional one. */
public interface InboxSender {
    /** Sends the messages in one record, without blocking. Threading: any. */
    void send(int partition, List<InboxMessage> messages);

    /** Sends one message without blocking. Threading: any. */
    default void send(int partition, InboxMessage message) {
        send(partition, List.of(message));
    }
}
