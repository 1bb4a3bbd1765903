package dev.weir.status;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads committed records of topics up to their present end, in bounds. One thread, which it blocks. */
final class TopicScan implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int API_TIMEOUT_MILLIS = 10_000;

    private final KafkaConsumer<byte[], byte[]> consumer;

    TopicScan(Map<String, Object> clients) {
        Map<String, Object> config = new HashMap<>(clients);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.putIfAbsent(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, API_TIMEOUT_MILLIS);
        config.putIfAbsent(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
        config.remove(ConsumerConfig.GROUP_ID_CONFIG);
        consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** The topics whose name begins so. */
    List<String> topics(String beginning) {
        return consumer.listTopics().keySet().stream()
                .filter(name -> name.startsWith(beginning))
                .sorted()
                .toList();
    }

    /** The partitions of a topic, which must exist. */
    List<TopicPartition> partitions(String topic) {
        List<PartitionInfo> infos = consumer.partitionsFor(topic);
        if (infos == null || infos.isEmpty()) {
            throw new StatusFailure(
                    "the topic " + topic + " does not exist; correct --prefix or create it with 'weir topics'");
        }
        return infos.stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    /** The record at that place, or nothing when it is not there (any more). */
    void one(TopicPartition partition, long offset, Consumer<ConsumerRecord<byte[], byte[]>> sink) {
        long first = consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
        long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        if (offset >= first && offset < end) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, offset);
            read(Map.of(partition, offset + 1), message -> {
                if (message.offset() == offset) {
                    sink.accept(message);
                }
            });
        }
    }

    /**
     * The records since a time, but at most so many of the newest of each partition.
     *
     * @param sinceMillis epoch milliseconds, 0 for the beginning
     * @return whether nothing since that time was left out
     */
    boolean newest(
            Collection<TopicPartition> partitions,
            long sinceMillis,
            long most,
            Consumer<ConsumerRecord<byte[], byte[]>> sink) {
        Map<TopicPartition, Long> firsts = firsts(partitions, sinceMillis);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        consumer.assign(partitions);
        boolean complete = true;
        for (TopicPartition partition : partitions) {
            long end = ends.getOrDefault(partition, 0L);
            long first = Math.min(end, firsts.getOrDefault(partition, end));
            complete &= end - first <= most;
            consumer.seek(partition, Math.max(first, end - most));
        }
        read(ends, sink);
        return complete;
    }

    private Map<TopicPartition, Long> firsts(Collection<TopicPartition> partitions, long sinceMillis) {
        if (sinceMillis <= 0) {
            return consumer.beginningOffsets(partitions);
        }
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(partition -> times.put(partition, sinceMillis));
        Map<TopicPartition, Long> firsts = new HashMap<>();
        Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(times);
        found.forEach((partition, at) -> {
            if (at != null) {
                firsts.put(partition, at.offset());
            }
        });
        return firsts;
    }

    private void read(Map<TopicPartition, Long> ends, Consumer<ConsumerRecord<byte[], byte[]>> sink) {
        long startedNanos = System.nanoTime();
        Set<Map.Entry<TopicPartition, Long>> goals = ends.entrySet();
        Predicate<Map.Entry<TopicPartition, Long>> isAhead = goal -> consumer.position(goal.getKey()) < goal.getValue();
        while (goals.stream().anyMatch(isAhead)) {
            consumer.poll(POLL).forEach(sink);
            if (System.nanoTime() - startedNanos > PATIENCE.toNanos()) {
                throw new StatusFailure(
                        "reading " + ends.keySet().iterator().next().topic() + " took longer than "
                                + PATIENCE.toSeconds() + " s; lower --scan");
            }
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
