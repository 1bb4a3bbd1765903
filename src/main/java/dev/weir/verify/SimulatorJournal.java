package dev.weir.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Consumer;

/** The journal of a simulated Grok, read over HTTP line by line. */
final class SimulatorJournal {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private SimulatorJournal() {}

    /** Hands over every line. */
    static void read(URI base, Consumer<String> lines) {
        String text = base.toString();
        URI journal = URI.create((text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + "/_sim/journal");
        try {
            HttpResponse<InputStream> answer = HttpClient.newBuilder()
                    .connectTimeout(PATIENCE)
                    .build()
                    .send(
                            HttpRequest.newBuilder(journal).timeout(PATIENCE).build(),
                            HttpResponse.BodyHandlers.ofInputStream());
            try (BufferedReader reader = new BufferedReader(new InputStreamReader(answer.body(), UTF_8))) {
                if (answer.statusCode() != 200) {
                    throw new VerifyFailure(
                            journal + " answers " + answer.statusCode() + "; is it a weir simulate?", null);
                }
                reader.lines().forEach(lines);
            }
        } catch (IOException | UncheckedIOException e) {
            throw new VerifyFailure("no simulator answers at " + base + "; start it or correct --simulator", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new VerifyFailure("interrupted while reading " + journal, e);
        }
    }
}
