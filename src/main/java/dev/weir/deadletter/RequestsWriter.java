package dev.weir.deadletter;

import dev.weir.event.Blob;
import dev.weir.event.EventHeader;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Publishes requests, each acknowledged before the next. Threading: one thread, which it blocks. */
final class RequestsWriter implements AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;
    private final int partitions;

    RequestsWriter(DeadLetterTopics topics, int partitions) {
        Map<String, Object> config = new HashMap<>(topics.producer());
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        this.topic = topics.requests();
        this.partitions = partitions;
        this.producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * Publishes one request.
     *
     * @return whether the broker took it; false if it is too large for the topic
     * @throws DeadLetterFailure if the broker cannot be reached or refuses for another reason
     */
    @SuppressWarnings("NullAway") // Kafka allows null keys, partitions and header values and is not annotated
    boolean publish(RedriveRecord request) throws InterruptedException {
        Integer partition = request.partition() < partitions ? request.partition() : null;
        Blob key = request.key();
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                topic,
                partition,
                key == null ? null : key.bytes(),
                request.value().bytes());
        for (EventHeader header : request.headers()) {
            record.headers().add(header.name(), bytes(header.value()));
        }
        try {
            var unused = producer.send(record).get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RecordTooLargeException) {
                return false;
            }
            throw new DeadLetterFailure(
                    "publishing to " + topic + " failed: " + e.getCause().getMessage()
                            + "; run it again with the same --name, it goes on where it stopped",
                    e);
        }
    }

    private static byte @Nullable [] bytes(@Nullable Blob value) {
        return value == null ? null : value.bytes();
    }

    @Override
    public void close() {
        producer.close();
    }
}
