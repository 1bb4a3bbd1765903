package dev.weir.topic;

import java.util.Map;

/**
 * A topic as the cluster describes it.
 *
 * @param config its effective settings, the broker's defaults included
 */
public record ActualTopic(String name, int partitions, int replication, Map<String, String> config) {
    /** Keeps its own copy of the settings. */
    public ActualTopic {
        config = Map.copyOf(config);
    }
}
