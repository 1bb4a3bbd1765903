package dev.weir.simulator;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * Makes a simulator of this process quick from its first request on. A cold one takes up to half a second until it
 * counts a call, which a client that paces to the millisecond would be blamed for.
 */
public final class WarmUp {
    private static final int ROUNDS = 12;
    private static final int AT_ONCE = 32;
    private static final String BODY =
            "{\"model\":\"grok-4.5\",\"messages\":[{\"role\":\"user\",\"content\":\"warm up\"}]}";

    private WarmUp() {}

    /** Has a simulator of its own, which ends with it, answer a few hundred calls; takes about a second. */
    public static void run() {
        SimulatorSettings settings = SimulatorSettings.defaults()
                .withPort(0)
                .withLimit(new Limit(1_000_000, Long.MAX_VALUE / 4))
                .withLatency(new LatencyModel.Fixed(0));
        try (SimulatedGrok grok = SimulatedGrok.start(settings)) {
            HttpClient client =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            HttpRequest request = HttpRequest.newBuilder(URI.create(grok.baseUrl() + "/v1/chat/completions"))
                    .timeout(Duration.ofSeconds(10))
                    .header("Authorization", "Bearer " + settings.apiKey())
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(BODY))
                    .build();
            for (int round = 0; round < ROUNDS; round++) {
                List<CompletableFuture<?>> calls = IntStream.range(0, AT_ONCE)
                        .<CompletableFuture<?>>mapToObj(i -> client.sendAsync(request, BodyHandlers.discarding()))
                        .toList();
                CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)).join();
            }
        }
    }
}
