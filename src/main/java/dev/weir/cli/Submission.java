package dev.weir.cli;

import dev.weir.event.SourceCoordinates;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Publishes requests and hands over their responses as they come, on one thread: it reads responses while it waits for
 * its next turn to publish.
 */
final class Submission {
    /** How many records are published between two looks at the responses, when nothing is paced. */
    private static final int BURST = 500;

    private static final Duration POLL = Duration.ofMillis(200);

    private final Producer<byte[], byte[]> producer;
    private final SubmitRecords records;
    private final org.apache.kafka.clients.consumer.@Nullable Consumer<byte[], byte[]> responses;
    private final Consumer<ResponseLine> sink;
    private final LongSupplier nanoTime;
    private final Outstanding outstanding;
    private Runnable progress = () -> {};

    /**
     * A submission that has published nothing yet.
     *
     * @param records makes the record of a line, and reads responses
     * @param responses reads from the end that the responses had before, or null to wait for none
     * @param sink is handed the first response to each request
     * @param nanoTime a monotonic clock
     */
    Submission(
            Producer<byte[], byte[]> producer,
            SubmitRecords records,
            org.apache.kafka.clients.consumer.@Nullable Consumer<byte[], byte[]> responses,
            Consumer<ResponseLine> sink,
            LongSupplier nanoTime) {
        this.producer = producer;
        this.records = records;
        this.responses = responses;
        this.sink = sink;
        this.nanoTime = nanoTime;
        this.outstanding = new Outstanding(responses != null);
    }

    /** What is called after each look at the responses. */
    void onProgress(Runnable shown) {
        progress = shown;
    }

    Outstanding outstanding() {
        return outstanding;
    }

    /**
     * Publishes every line.
     *
     * @param perSecond at most so many, evenly; 0 for as fast as possible
     */
    void publish(RequestInput input, double perSecond) throws IOException {
        long start = nanoTime.getAsLong();
        long sent = 0;
        for (byte[] line = input.next(); line != null; line = input.next()) {
            if (perSecond > 0) {
                pauseUntil(start + (long) (sent * 1e9 / perSecond));
            } else if (sent % BURST == BURST - 1) {
                look(Duration.ZERO);
            }
            send(line);
            sent++;
        }
        producer.flush();
    }

    private void send(byte[] line) {
        ProducerRecord<byte[], byte[]> record;
        try {
            record = records.request(line);
        } catch (IllegalArgumentException e) {
            outstanding.refused(String.valueOf(e.getMessage()));
            return;
        }
        // The callback tells how it went.
        var unused = producer.send(record, this::acknowledged);
    }

    /** Reads until every request has its response or the time is up. */
    void await(Duration patience) {
        long start = nanoTime.getAsLong();
        while (outstanding.counts().missing() > 0 && nanoTime.getAsLong() - start < patience.toNanos()) {
            look(POLL);
        }
    }

    private void pauseUntil(long dueNanos) {
        for (long left = dueNanos - nanoTime.getAsLong(); left > 0; left = dueNanos - nanoTime.getAsLong()) {
            look(Duration.ofNanos(Math.min(left, POLL.toNanos())));
        }
    }

    private void look(Duration atMost) {
        if (responses == null) {
            LockSupport.parkNanos(atMost.toNanos());
        } else {
            ConsumerRecords<byte[], byte[]> batch = responses.poll(atMost);
            if (!batch.isEmpty()) {
                // A response can be here before the acknowledgement that tells the coordinates of its request.
                producer.flush();
                batch.forEach(record -> records.response(record.value()).ifPresent(this::take));
            }
        }
        progress.run();
    }

    private void take(ResponseLine response) {
        if (outstanding.answered(response.source(), response.succeeded())) {
            sink.accept(response);
        }
    }

    private void acknowledged(@Nullable RecordMetadata at, @Nullable Exception failure) {
        if (failure != null || at == null) {
            outstanding.refused(failure == null ? "no acknowledgement" : String.valueOf(failure.getMessage()));
        } else {
            outstanding.published(new SourceCoordinates(at.topic(), at.partition(), at.offset()));
        }
    }
}
