package dev.weir.deadletter;

import dev.weir.event.Blob;
import dev.weir.event.EventHeader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads ranges of one topic, committed records only, one partition after the other and without a group, so that two
 * readings see the same order. Memory: one fetch. Threading: one thread, which it blocks.
 */
final class TopicConsumer implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final int MOST_IDLE_POLLS = 60;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final String topic;
    private final Object bootstrapServers;
    private final List<Integer> partitions;

    TopicConsumer(Map<String, Object> clients, String topic) {
        Map<String, Object> config = new HashMap<>(clients);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.putIfAbsent(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
        config.remove(ConsumerConfig.GROUP_ID_CONFIG);
        this.topic = topic;
        this.bootstrapServers = clients.getOrDefault("bootstrap.servers", "(none)");
        this.consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            this.partitions = ask(KafkaConsumer::partitionsFor, topic).stream()
                    .map(PartitionInfo::partition)
                    .sorted()
                    .toList();
            if (partitions.isEmpty()) {
                throw new DeadLetterFailure(
                        "the topic " + topic + " does not exist; correct topic.prefix or create it with 'weir topics'");
            }
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    /** The partitions, in order. */
    List<Integer> partitions() {
        return partitions;
    }

    /** The first offset of each partition. */
    Map<Integer, Long> firsts() {
        return byPartition(ask(KafkaConsumer::beginningOffsets, all()));
    }

    /** The offset behind the last record of each partition that is committed now. */
    Map<Integer, Long> ends() {
        return byPartition(ask(KafkaConsumer::endOffsets, all()));
    }

    /**
     * The offset of each partition from which on everything with this timestamp or a later one stands; no entry if
     * none.
     */
    Map<Integer, Long> from(long timestampMillis) {
        Map<TopicPartition, Long> wanted = new HashMap<>();
        all().forEach(partition -> wanted.put(partition, timestampMillis));
        Map<Integer, Long> found = new HashMap<>();
        Map<TopicPartition, @Nullable OffsetAndTimestamp> offsets = ask(KafkaConsumer::offsetsForTimes, wanted);
        offsets.forEach((partition, offset) -> {
            if (offset != null) {
                found.put(partition.partition(), offset.offset());
            }
        });
        return found;
    }

    /**
     * Shows every record of a range, until one is not welcome.
     *
     * @param visitor answers whether to go on
     * @return whether the range was read to its end
     */
    boolean read(int partition, long from, long to, Predicate<ConsumerRecord<byte[], byte[]>> visitor) {
        TopicPartition at = new TopicPartition(topic, partition);
        consumer.assign(List.of(at));
        consumer.seek(at, from);
        long position = from;
        int idle = 0;
        while (position < to) {
            for (ConsumerRecord<byte[], byte[]> record : ask(KafkaConsumer::poll, POLL)) {
                if (record.offset() < to && !visitor.test(record)) {
                    return false;
                }
            }
            long next = ask(KafkaConsumer::position, at);
            idle = next == position ? idle + 1 : 0;
            if (idle > MOST_IDLE_POLLS) {
                throw new DeadLetterFailure(
                        "reading " + at + " stands still at offset " + position + "; look after the broker");
            }
            position = next;
        }
        return true;
    }

    static List<EventHeader> headers(ConsumerRecord<byte[], byte[]> record) {
        List<EventHeader> all = new ArrayList<>();
        for (Header header : record.headers()) {
            all.add(new EventHeader(header.key(), Blob.ofNullable(header.value())));
        }
        return all;
    }

    @Override
    public void close() {
        consumer.close();
    }

    private List<TopicPartition> all() {
        return partitions.stream()
                .map(partition -> new TopicPartition(topic, partition))
                .toList();
    }

    private static Map<Integer, Long> byPartition(Map<TopicPartition, Long> offsets) {
        Map<Integer, Long> plain = new HashMap<>();
        offsets.forEach((partition, offset) -> plain.put(partition.partition(), offset));
        return plain;
    }

    private interface Question<A, R> {
        R of(KafkaConsumer<byte[], byte[]> consumer, A about);
    }

    private <A, R> R ask(Question<A, R> question, A about) {
        try {
            return question.of(consumer, about);
        } catch (TimeoutException e) {
            throw new DeadLetterFailure(
                    "no broker answers at bootstrap.servers=" + bootstrapServers + "; start it or correct the setting",
                    e);
        } catch (KafkaException e) {
            throw new DeadLetterFailure(
                    "reading " + topic + " from " + bootstrapServers + " failed: " + e.getMessage(), e);
        }
    }
}
