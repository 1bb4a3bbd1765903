package dev.weir.topic;

import java.util.List;

/**
 * The shape of the topics.
 *
 * @param prefix stands before each name
 * @param partitions of each work topic
 * @param replicationFactor copies of each topic
 * @param asksPartitions of the topic of asks
 * @param tiers the delay tiers' names
 * @param requestMaxBytes the largest request that is accepted
 * @param outputMaxBytes the largest record that Weir writes
 */
public record TopicSettings(
        String prefix,
        int partitions,
        short replicationFactor,
        int asksPartitions,
        List<String> tiers,
        int requestMaxBytes,
        int outputMaxBytes) {
    /** Copies the list. */
    public TopicSettings {
        tiers = List.copyOf(tiers);
    }
}
