package dev.weir.status;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.admission.AdmissionBoard;
import dev.weir.admission.AdmissionStatus;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes how the scopes of this process stand, every two seconds while something changes. What cannot be published
 * is tried again with the next change; nothing waits for it. Threading: a daemon thread of its own.
 */
public final class StatusPublisher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StatusPublisher.class);
    private static final Duration INTERVAL = Duration.ofSeconds(2);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

    /** A reading of the lines may take this share of a thread: one millisecond in twenty. */
    private static final int REST_AFTER_READING = 20;

    private final Producer<byte[], byte[]> producer;
    private final Settings settings;
    private final AdmissionBoard board;
    private final Supplier<Map<String, List<String>>> lines;
    private final InstantSource clock;
    private final ReportLedger ledger = new ReportLedger();
    private final ScheduledExecutorService scheduler;
    private Map<String, List<String>> lastLines = Map.of();
    private long nextReadingNanos;
    private boolean failing;

    /**
     * Where and as whom it publishes.
     *
     * @param topic the status topic
     * @param instance the name of this process
     */
    public record Settings(String topic, String instance) {}

    /**
     * A publisher that has not started.
     *
     * @param producer plain; closed with this
     * @param lines the first in line of each scope, as {@code partition-offset}
     */
    StatusPublisher(
            Producer<byte[], byte[]> producer,
            Settings settings,
            AdmissionBoard board,
            Supplier<Map<String, List<String>>> lines,
            InstantSource clock) {
        this.producer = producer;
        this.settings = settings;
        this.board = board;
        this.lines = lines;
        this.clock = clock;
        this.scheduler = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "weir-status");
            thread.setDaemon(true);
            return thread;
        });
        this.nextReadingNanos = System.nanoTime();
    }

    /** A publisher with a plain producer of its own. */
    public static StatusPublisher connect(
            Map<String, Object> clients,
            Settings settings,
            AdmissionBoard board,
            Supplier<Map<String, List<String>>> lines,
            InstantSource clock) {
        Map<String, Object> config = new HashMap<>(clients);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, CLOSE_PATIENCE.toMillis());
        config.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
        Producer<byte[], byte[]> producer =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
        return new StatusPublisher(producer, settings, board, lines, clock);
    }

    /** Publishes from now on. */
    public void start() {
        var unused =
                scheduler.scheduleWithFixedDelay(this::publishSafely, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void publishSafely() {
        try {
            publish();
            failing = false;
        } catch (RuntimeException e) {
            if (!failing) {
                LOG.warn("The status of the scopes could not be published; it is tried again", e);
            }
            failing = true;
        }
    }

    /** One round. */
    void publish() {
        List<AdmissionStatus> statuses = board.all();
        boolean someoneWaits = statuses.stream().anyMatch(status -> status.queued() > 0);
        lastLines = someoneWaits ? readLines() : Map.of();
        List<ScopeReport> reports = statuses.stream()
                .map(status ->
                        Reports.of(status, lastLines.getOrDefault(status.scope(), List.of()), settings.instance()))
                .toList();
        for (ReportLedger.Publication next : ledger.next(reports, clock.millis())) {
            ScopeReport report = next.report();
            byte[] value = report == null ? null : ReportCodec.write(report);
            var unused = producer.send(
                    new ProducerRecord<>(settings.topic(), next.scope().getBytes(UTF_8), value));
        }
    }

    private Map<String, List<String>> readLines() {
        long startedNanos = System.nanoTime();
        if (startedNanos - nextReadingNanos < 0) {
            return lastLines;
        }
        Map<String, List<String>> read = lines.get();
        long endedNanos = System.nanoTime();
        nextReadingNanos = endedNanos + REST_AFTER_READING * (endedNanos - startedNanos);
        return read;
    }

    /** Takes the reports of scopes that this process owns no more off the topic, and ends. */
    @Override
    public void close() {
        scheduler.shutdown();
        try {
            boolean unused = scheduler.awaitTermination(CLOSE_PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        publishSafely();
        producer.close(CLOSE_PATIENCE);
    }
}
