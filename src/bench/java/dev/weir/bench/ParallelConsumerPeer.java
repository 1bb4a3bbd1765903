package dev.weir.bench;

import io.confluent.parallelconsumer.ParallelConsumerOptions;
import io.confluent.parallelconsumer.ParallelConsumerOptions.ProcessingOrder;
import io.confluent.parallelconsumer.PollContext;
import io.confluent.parallelconsumer.vertx.VertxParallelEoSStreamProcessor;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Confluent's Parallel Consumer with its Vert.x module, unordered. A record is done when its answer is acknowledged, so
 * that a crash repeats calls but loses none.
 */
final class ParallelConsumerPeer {
    private final PeerSettings settings;
    private final Answers answers;

    private ParallelConsumerPeer(PeerSettings settings) {
        this.settings = settings;
        this.answers = new Answers(settings);
    }

    static void run(PeerSettings settings) throws InterruptedException {
        new ParallelConsumerPeer(settings).loop();
    }

    private void loop() throws InterruptedException {
        ParallelConsumerOptions<byte[], byte[]> options = ParallelConsumerOptions.<byte[], byte[]>builder()
                .consumer(new KafkaConsumer<>(
                        settings.consumer(), new ByteArrayDeserializer(), new ByteArrayDeserializer()))
                .ordering(ProcessingOrder.UNORDERED)
                .maxConcurrency(settings.inFlight())
                .ignoreReflectiveAccessExceptionsForAutoCommitDisabledCheck(true)
                .build();
        Vertx vertx = Vertx.vertx();
        WebClient client = WebClient.create(
                vertx,
                new WebClientOptions().setMaxPoolSize(settings.inFlight()).setKeepAlive(true));
        try (VertxParallelEoSStreamProcessor<byte[], byte[]> consumer =
                new VertxParallelEoSStreamProcessor<>(vertx, client, options)) {
            consumer.subscribe(List.of(settings.requests()));
            consumer.vertxHttpWebClient(this::call, sent -> {});
            new CountDownLatch(1).await();
        }
    }

    private Future<HttpResponse<Buffer>> call(WebClient client, PollContext<byte[], byte[]> request) {
        return client.postAbs(settings.url())
                .putHeader("Content-Type", "application/json")
                .putHeader("Authorization", "Bearer " + settings.apiKey())
                .sendBuffer(Buffer.buffer(request.value()))
                .compose(response -> answer(request.key(), response));
    }

    private Future<HttpResponse<Buffer>> answer(byte[] key, HttpResponse<Buffer> response) {
        Promise<HttpResponse<Buffer>> done = Promise.promise();
        Buffer body = response.body();
        answers.send(key, body == null ? new byte[0] : body.getBytes(), response.statusCode(), (sent, failure) -> {
            if (failure == null) {
                done.complete(response);
            } else {
                done.fail(failure);
            }
        });
        return done.future();
    }
}
