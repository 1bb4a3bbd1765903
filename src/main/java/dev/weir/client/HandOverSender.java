package dev.weir.client;

import dev.weir.permit.InboxMessage;

/** Hands calls and their results over to the new owner of a partition. Threading: any. */
public interface HandOverSender {
    /** Sends without waiting, and runs the action once the message is durable; never when it fails. */
    void send(int partition, InboxMessage message, Runnable whenDurable);

    /** Sends to every partition without waiting; one that misses it finds out by itself. */
    void broadcast(InboxMessage message);

    /** Waits until everything sent so far is durable or has failed. */
    void flush();
}
