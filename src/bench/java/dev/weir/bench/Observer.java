package dev.weir.bench;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Sees when each answer appears to a read_committed consumer: requests are numbered by their key. Threading: a thread
 * of its own reads, any thread asks.
 */
final class Observer implements AutoCloseable {
    private static final int CAPACITY = 2_000_000;
    private static final Duration POLL = Duration.ofMillis(50);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final AtomicLongArray arrivals = new AtomicLongArray(CAPACITY);
    private final AtomicInteger seen = new AtomicInteger();
    private final AtomicInteger repeated = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final Thread thread;
    private final Queue<Answer> kept = new ConcurrentLinkedQueue<>();
    private volatile boolean keeping;
    private volatile boolean closed;

    /**
     * An answer that is kept.
     *
     * @param nanos when it appeared, of {@link System#nanoTime()}
     */
    record Answer(int number, byte[] value, long nanos) {}

    Observer(String bootstrap, String topic, int partitions) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed", "max.poll.records", 5_000),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> all = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            all.add(new TopicPartition(topic, partition));
        }
        consumer.assign(all);
        consumer.seekToBeginning(all);
        thread = new Thread(this::read, "observer");
        thread.setDaemon(true);
        thread.start();
    }

    private void read() {
        while (!closed) {
            var records = consumer.poll(POLL);
            long now = System.nanoTime();
            for (ConsumerRecord<byte[], byte[]> record : records) {
                arrived(record, now);
            }
        }
        consumer.close();
    }

    private void arrived(ConsumerRecord<byte[], byte[]> record, long now) {
        if (record.key() == null) {
            // All requests have keys: somebody answers a request that it no longer has.
            repeated.incrementAndGet();
            failed.incrementAndGet();
            return;
        }
        int number = Integer.parseInt(new String(record.key(), StandardCharsets.US_ASCII));
        if (!arrivals.compareAndSet(number, 0, now)) {
            repeated.incrementAndGet();
            return;
        }
        if (keeping) {
            kept.add(new Answer(number, record.value(), now));
        }
        if (!succeeded(record)) {
            failed.incrementAndGet();
        }
        seen.incrementAndGet();
    }

    private static boolean succeeded(ConsumerRecord<byte[], byte[]> record) {
        Header peer = record.headers().lastHeader(PeerSettings.STATUS_HEADER);
        Header weir = record.headers().lastHeader("weir-status");
        Header status = peer == null ? weir : peer;
        String text = status == null ? "" : new String(status.value(), StandardCharsets.US_ASCII);
        return text.equals(peer == null ? "succeeded" : "200");
    }

    /** From now on answers are kept. */
    void keep() {
        keeping = true;
    }

    /** Takes those that were kept, and keeps no more. */
    List<Answer> takeKept() {
        keeping = false;
        List<Answer> taken = List.copyOf(kept);
        kept.clear();
        return taken;
    }

    /** When the answer appeared, in nanoseconds of {@link System#nanoTime()}; 0 as long as it has not. */
    long arrival(int number) {
        return arrivals.get(number);
    }

    /** How many different answers have appeared. */
    int seen() {
        return seen.get();
    }

    /** How many answers appeared again, those without a key included. */
    int repeated() {
        return repeated.get();
    }

    /** How many answers tell of no success. */
    int failed() {
        return failed.get();
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
