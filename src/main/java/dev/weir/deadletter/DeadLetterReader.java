package dev.weir.deadletter;

import dev.weir.event.Blob;
import dev.weir.event.RequestFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads the dead-letter topic from its beginning to the end that it has when the reader is opened, always in the same
 * order. Memory: one fetch. Threading: one thread, which it blocks.
 */
public final class DeadLetterReader implements AutoCloseable {
    private final TopicConsumer consumer;
    private final RequestFormat format;
    private final Map<Integer, Long> firsts;
    private final Map<Integer, Long> ends;

    /**
     * Connects.
     *
     * @throws DeadLetterFailure if there is no broker or no such topic
     */
    public DeadLetterReader(DeadLetterTopics topics) {
        consumer = new TopicConsumer(topics.consumer(), topics.deadLetters());
        format = topics.events().requests();
        try {
            firsts = consumer.firsts();
            ends = consumer.ends();
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    /**
     * Shows every dead letter, until one is not welcome.
     *
     * @param visitor answers whether to go on
     * @throws DeadLetterFailure if they cannot be read
     */
    public void read(Predicate<DeadLetterRecord> visitor) {
        for (int partition : consumer.partitions()) {
            if (!read(partition, first(partition), end(partition), visitor)) {
                return;
            }
        }
    }

    /** The dead letter that stands there, or empty. */
    public Optional<DeadLetterRecord> at(LetterCoordinates at) {
        if (at.offset() < first(at.partition()) || at.offset() >= end(at.partition())) {
            return Optional.empty();
        }
        List<DeadLetterRecord> found = new ArrayList<>();
        boolean unused = read(at.partition(), at.offset(), at.offset() + 1, found::add);
        return found.stream().findFirst();
    }

    /** The first offset of each partition. */
    Map<Integer, Long> firsts() {
        return firsts;
    }

    /** The offset behind the last that is read, of each partition. */
    Map<Integer, Long> ends() {
        return ends;
    }

    @Override
    public void close() {
        consumer.close();
    }

    private boolean read(int partition, long from, long to, Predicate<DeadLetterRecord> visitor) {
        return consumer.read(partition, from, to, record -> visitor.test(letter(record)));
    }

    private long first(int partition) {
        return firsts.getOrDefault(partition, 0L);
    }

    private long end(int partition) {
        return ends.getOrDefault(partition, 0L);
    }

    private DeadLetterRecord letter(ConsumerRecord<byte[], byte[]> record) {
        return DeadLetterRecord.read(
                new LetterCoordinates(record.topic(), record.partition(), record.offset()),
                record.timestamp(),
                Blob.ofNullable(record.key()),
                Blob.ofNullable(record.value()),
                TopicConsumer.headers(record),
                format);
    }
}
