package dev.weir.dispatch;

import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.StreamPartitioner;

/**
 * Keeps a request's partition where the partition counts agree. Elsewhere keys decide as they do for any Kafka client,
 * and records without key go to the origin modulo the count.
 */
public final class SamePartition implements StreamPartitioner<byte[], Outbound> {
    private final int requestsPartitions;

    /**
     * A partitioner.
     *
     * @param requestsPartitions how many partitions the requests topic has
     */
    public SamePartition(int requestsPartitions) {
        this.requestsPartitions = requestsPartitions;
    }

    @Override
    @SuppressWarnings("NullAway") // Kafka's interface is not annotated; keys may be null
    public Optional<Set<Integer>> partitions(String topic, byte[] key, Outbound value, int count) {
        if (count == requestsPartitions) {
            return Optional.of(Set.of(value.partition()));
        }
        return key == null ? Optional.of(Set.of(value.partition() % count)) : Optional.empty();
    }
}
