package dev.weir.client;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The commits of this process, and those that its tasks began with. Threading: any. */
final class KnownOffsets implements CommittedOffsets {
    private final Map<TopicPartition, Long> firstUncommitted = new ConcurrentHashMap<>();

    /** These are the offsets of the group; null for none. */
    void committed(Map<TopicPartition, @Nullable OffsetAndMetadata> offsets) {
        offsets.forEach((partition, offset) -> firstUncommitted.put(partition, offset == null ? 0 : offset.offset()));
    }

    @Override
    public long firstUncommitted(TopicPartition partition) {
        return firstUncommitted.getOrDefault(partition, 0L);
    }
}
