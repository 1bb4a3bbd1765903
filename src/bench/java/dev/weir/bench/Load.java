package dev.weir.bench;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntPredicate;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The applications: publishes numbered requests in a burst or at a rate. Threading: one thread. */
final class Load implements AutoCloseable {
    private static final String HEAD =
            "{\"model\":\"" + Grok.MODEL + "\",\"messages\":[{\"role\":\"user\",\"content\":\"";
    private static final String TAIL = "\"}],\"max_completion_tokens\":40}";

    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;
    private final int partitions;
    private final byte[] body;
    private final List<Long> intended = new ArrayList<>();

    Load(String bootstrap, String topic, int partitions, int bytes) {
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap, "linger.ms", 0, "buffer.memory", 256L << 20),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        this.topic = topic;
        this.partitions = partitions;
        int padding = Math.max(1, bytes - HEAD.length() - TAIL.length());
        this.body = (HEAD + "word ".repeat(padding / 5 + 1).substring(0, padding) + TAIL)
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** The number of the next request. */
    int next() {
        return intended.size();
    }

    /** When the request should have been sent, in nanoseconds of {@link System#nanoTime()}. */
    long intended(int number) {
        return intended.get(number);
    }

    /** Publishes as fast as possible. */
    void burst(int count) {
        for (int i = 0; i < count; i++) {
            send(System.nanoTime(), false);
        }
        producer.flush();
    }

    /** Publishes at a rate; a late request is not forgiven, its intended time stays. */
    void openLoop(double perSecond, int count) {
        openLoop(perSecond, count, number -> false);
    }

    /** The same; some are critical, by their numbers. */
    void openLoop(double perSecond, int count, IntPredicate isCritical) {
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long due = start + (long) (i * 1e9 / perSecond);
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            send(due, isCritical.test(next()));
        }
        producer.flush();
    }

    private void send(long due, boolean critical) {
        int number = intended.size();
        intended.add(due);
        byte[] key = Integer.toString(number).getBytes(StandardCharsets.US_ASCII);
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, number % partitions, key, body);
        if (critical) {
            record.headers().add("weir-priority", "critical".getBytes(StandardCharsets.US_ASCII));
        }
        var unused = producer.send(record);
    }

    @Override
    public void close() {
        producer.close();
    }
}
