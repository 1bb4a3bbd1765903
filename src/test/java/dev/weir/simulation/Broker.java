package dev.weir.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The logs of all topic partitions, and who reads them. */
final class Broker {
    private final Map<At, List<LogRecord>> logs = new HashMap<>();
    private final Map<At, Runnable> readers = new HashMap<>();

    /** One topic partition. */
    record At(String topic, int partition) {}

    List<LogRecord> log(String topic, int partition) {
        return logs.computeIfAbsent(new At(topic, partition), missing -> new ArrayList<>());
    }

    /** Appends a record that readers see at once. */
    void append(String topic, int partition, LogRecord entry) {
        log(topic, partition).add(entry);
        Runnable reader = readers.get(new At(topic, partition));
        if (reader != null) {
            reader.run();
        }
    }

    /** From now on that one is told of records there. */
    void reader(String topic, int partition, Runnable reader) {
        readers.put(new At(topic, partition), reader);
    }
}
