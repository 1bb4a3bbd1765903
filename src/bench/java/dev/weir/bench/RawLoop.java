package dev.weir.bench;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The ceiling of the machine: poll, call without blocking, produce. It commits what it has polled, so that a crash
 * loses every call in flight.
 */
final class RawLoop {
    private static final Duration POLL = Duration.ofMillis(100);

    private final PeerSettings settings;
    private final Answers answers;
    private final WebClient client;
    private final String path;
    private final Semaphore slots;

    private RawLoop(PeerSettings settings) {
        this.settings = settings;
        this.answers = new Answers(settings);
        this.slots = new Semaphore(settings.inFlight());
        URI url = URI.create(settings.url());
        this.path = url.getPath();
        ClientFactory factory = ClientFactory.builder()
                .maxNumEventLoopsPerEndpoint(1)
                .maxNumEventLoopsPerHttp1Endpoint(1)
                .build();
        this.client = WebClient.builder("h1c://" + url.getAuthority())
                .factory(factory)
                .responseTimeout(Duration.ofMinutes(10))
                .maxResponseLength(4L << 20)
                .build();
    }

    static void run(PeerSettings settings) throws InterruptedException {
        new RawLoop(settings).loop();
    }

    private void loop() throws InterruptedException {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings.consumer(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(settings.requests()));
            while (!Thread.currentThread().isInterrupted()) {
                for (ConsumerRecord<byte[], byte[]> request : consumer.poll(POLL)) {
                    slots.acquire();
                    call(request);
                }
                consumer.commitAsync();
            }
        }
    }

    private void call(ConsumerRecord<byte[], byte[]> request) {
        RequestHeaders headers = RequestHeaders.builder(HttpMethod.POST, path)
                .contentType(MediaType.JSON)
                .set(HttpHeaderNames.AUTHORIZATION, "Bearer " + settings.apiKey())
                .build();
        var unused = client.execute(HttpRequest.of(headers, HttpData.wrap(request.value())))
                .aggregate()
                .whenComplete((response, failure) -> {
                    slots.release();
                    answer(request.key(), failure == null ? response : null);
                });
    }

    private void answer(byte[] key, @org.jspecify.annotations.Nullable AggregatedHttpResponse response) {
        byte[] body = response == null ? new byte[0] : response.content().array();
        int status = response == null ? 0 : response.status().code();
        answers.send(key, body, status, (sent, failure) -> {});
    }
}
