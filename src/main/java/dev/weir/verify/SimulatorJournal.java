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

    /** Hands over every line, page by page. */
    static void read(URI base, Consumer<String> lines) {
        String text = base.toString();
        String journal = (text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + "/_sim/journal";
        HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
        try {
            long next = 0;
            for (long from = -1; next > from; ) {
                from = next;
                next = page(http, URI.create(journal + "?from=" + from), lines, from);
            }
        } catch (IOException | UncheckedIOException e) {
            throw new VerifyFailure("no simulator answers at " + base + "; start it or correct --simulator", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new VerifyFailure("interrupted while reading " + journal, e);
        }
    }

    /** Returns where the next page starts; the same place when there is none. */
    private static long page(HttpClient http, URI page, Consumer<String> lines, long from)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(page).timeout(PATIENCE).build();
        HttpResponse<InputStream> answer = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(answer.body(), UTF_8))) {
            if (answer.statusCode() != 200) {
                throw new VerifyFailure(page + " answers " + answer.statusCode() + "; is it a weir simulate?", null);
            }
            long next = from;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.accept(line);
                next = Math.max(next, CallReader.number(line).orElse(from) + 1);
            }
            return next;
        }
    }
}
