package dev.weir.topic;

import java.util.Map;

/**
 * A topic as it should be.
 *
 * @param name its name
 * @param partitions how many, or at least one where any count is right
 * @param anyCount whether the number of partitions is free
 * @param minMessageBytes what its max.message.bytes must be at least
 * @param config the settings that it is created with
 */
public record PlannedTopic(
        String name, int partitions, boolean anyCount, int minMessageBytes, Map<String, String> config) {
    /** Copies the map. */
    public PlannedTopic {
        config = Map.copyOf(config);
    }
}
