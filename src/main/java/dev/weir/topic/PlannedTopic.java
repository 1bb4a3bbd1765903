package dev.weir.topic;

import java.util.Map;

/**
 * A topic as it should be.
 *
 * @param work whether it must have as many partitions as the requests, because tasks join it with them
 * @param config the settings that it is created with
 */
public record PlannedTopic(String name, int partitions, short replication, boolean work, Map<String, String> config) {
    /** Keeps its own copy of the settings. */
    public PlannedTopic {
        config = Map.copyOf(config);
    }
}
