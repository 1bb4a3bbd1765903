package dev.weir.deadletter;

import dev.weir.event.Blob;
import dev.weir.event.EventHeader;
import dev.weir.event.SourceCoordinates;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Looks into the requests topic. Memory: one fetch. Threading: one thread, which it blocks. */
final class RequestsReader implements AutoCloseable {
    private final TopicConsumer consumer;
    private final String topic;
    private final Map<Integer, Long> scannedTo = new HashMap<>();

    RequestsReader(DeadLetterTopics topics) {
        topic = topics.requests();
        consumer = new TopicConsumer(topics.consumer(), topic);
    }

    /** How many partitions there are. */
    int partitions() {
        return consumer.partitions().size();
    }

    /**
     * Shows the headers of every request that was published at this time or later; when called again, those of what has
     * come since.
     */
    void scan(long fromMillis, Consumer<List<EventHeader>> sink) {
        Map<Integer, Long> ends = consumer.ends();
        Map<Integer, Long> starts = scannedTo.isEmpty() ? consumer.from(fromMillis) : Map.copyOf(scannedTo);
        ends.forEach((partition, end) -> {
            boolean unused = consumer.read(partition, starts.getOrDefault(partition, end), end, record -> {
                sink.accept(TopicConsumer.headers(record));
                return true;
            });
            scannedTo.put(partition, end);
        });
    }

    /** The request that stands there, or empty when it is gone or was never in this topic. */
    Optional<OriginalRequest> fetch(SourceCoordinates at) {
        if (!at.topic().equals(topic)
                || at.offset() < consumer.firsts().getOrDefault(at.partition(), Long.MAX_VALUE)
                || at.offset() >= consumer.ends().getOrDefault(at.partition(), 0L)) {
            return Optional.empty();
        }
        List<OriginalRequest> found = new ArrayList<>();
        boolean unused = consumer.read(
                at.partition(),
                at.offset(),
                at.offset() + 1,
                record -> found.add(new OriginalRequest(
                        Blob.ofNullable(record.key()),
                        Blob.ofNullable(record.value()),
                        TopicConsumer.headers(record))));
        return found.stream().findFirst();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
