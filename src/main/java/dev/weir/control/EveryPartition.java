package dev.weir.control;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** Sends a record to all partitions of its topic. */
public final class EveryPartition implements StreamPartitioner<byte[], byte[]> {
    @Override
    public Optional<Set<Integer>> partitions(String topic, byte[] key, byte[] value, int count) {
        return Optional.of(IntStream.range(0, count).boxed().collect(Collectors.toSet()));
    }
}
