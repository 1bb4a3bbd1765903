package dev.weir.client;

import org.apache.kafka.common.TopicPartition;

/** From where the next owner of a partition would read, as far as this process knows. Threading: any. */
@FunctionalInterface
public interface CommittedOffsets {
    /** The first offset that is not committed; 0 when none is known to be. */
    long firstUncommitted(TopicPartition partition);
}
