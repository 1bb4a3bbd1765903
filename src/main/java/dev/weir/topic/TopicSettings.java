package dev.weir.topic;

import java.util.List;

/**
 * What the topics depend on.
 *
 * @param prefix stands before each name
 * @param partitions of each work topic, fixed for life
 * @param replication copies of each topic
 * @param asksPartitions of the topic of asks, which alone may grow
 * @param tiers the names of the delay tiers, such as {@code 10s}
 * @param requestMaxBytes the largest request that is processed
 * @param answerMaxBytes the largest answer that is accepted
 */
public record TopicSettings(
        String prefix,
        int partitions,
        short replication,
        int asksPartitions,
        List<String> tiers,
        int requestMaxBytes,
        int answerMaxBytes) {
    /** Keeps its own copy of the tiers. */
    public TopicSettings {
        tiers = List.copyOf(tiers);
    }
}
