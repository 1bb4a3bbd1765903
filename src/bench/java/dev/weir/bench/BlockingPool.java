package dev.weir.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What teams write first: a consumer that gives each record to a pool of threads, which block in the call. */
final class BlockingPool {
    private static final Duration POLL = Duration.ofMillis(100);

    private final PeerSettings settings;
    private final Answers answers;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ThreadPoolExecutor pool = new ThreadPoolExecutor(
            PeerSettings.BLOCKING_THREADS,
            PeerSettings.BLOCKING_THREADS,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(PeerSettings.BLOCKING_THREADS),
            new ThreadPoolExecutor.CallerRunsPolicy());

    private BlockingPool(PeerSettings settings) {
        this.settings = settings;
        this.answers = new Answers(settings);
    }

    static void run(PeerSettings settings) {
        new BlockingPool(settings).loop();
    }

    private void loop() {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings.consumer(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(settings.requests()));
            while (!Thread.currentThread().isInterrupted()) {
                for (ConsumerRecord<byte[], byte[]> request : consumer.poll(POLL)) {
                    pool.execute(() -> call(request));
                }
                consumer.commitAsync();
            }
        }
    }

    private void call(ConsumerRecord<byte[], byte[]> request) {
        HttpRequest post = HttpRequest.newBuilder(URI.create(settings.url()))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + settings.apiKey())
                .POST(HttpRequest.BodyPublishers.ofByteArray(request.value()))
                .build();
        try {
            HttpResponse<byte[]> response = client.send(post, HttpResponse.BodyHandlers.ofByteArray());
            answers.send(request.key(), response.body(), response.statusCode(), (sent, failure) -> {});
        } catch (IOException e) {
            answers.send(request.key(), new byte[0], 0, (sent, failure) -> {});
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
