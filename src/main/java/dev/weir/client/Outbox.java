package dev.weir.client;

import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.TreeMap;

/** Messages of one thread that wait to share a record, by the partition they go to. Threading: the thread's own. */
final class Outbox {
    /** Far below the size of a record that a broker takes by default (1 MiB). */
    private static final int FULL_BYTES = 32 * 1024;

    private final Map<Integer, ByteArrayOutputStream> gathered = new TreeMap<>();
    private final Sender sender;

    /** The way to a partition. */
    interface Sender {
        void send(int partition, byte[] record);
    }

    Outbox(Sender sender) {
        this.sender = sender;
    }

    void add(int partition, byte[] message) {
        ByteArrayOutputStream record =
                gathered.computeIfAbsent(partition, unused -> new ByteArrayOutputStream(message.length));
        record.writeBytes(message);
        if (record.size() >= FULL_BYTES) {
            gathered.remove(partition);
            sender.send(partition, record.toByteArray());
        }
    }

    void push() {
        if (!gathered.isEmpty()) {
            gathered.forEach((partition, record) -> sender.send(partition, record.toByteArray()));
            gathered.clear();
        }
    }
}
