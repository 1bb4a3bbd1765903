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
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Consumer;

/** The journal of a simulated Grok, read over HTTP part by part. */
final class SimulatorJournal {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Without an upgrade to HTTP/2 on the way, which the JDK's client and a busy server may see differently. */
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    private final URI base;
    private long forgotten;

    SimulatorJournal(URI base) {
        this.base = base;
    }

    /** Hands over every call, oldest first, and answers how many entries the simulator no longer has. */
    long read(Consumer<CallReader.Call> calls) {
        long from = 0;
        for (long next = readFrom(from, calls); next > from; next = readFrom(from, calls)) {
            from = next;
        }
        return forgotten;
    }

    /** Reads one part and answers where the next one starts; the same number when there is none. */
    private long readFrom(long from, Consumer<CallReader.Call> calls) {
        String text = base.toString();
        URI part = URI.create(
                (text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + "/_sim/journal?from=" + from);
        try {
            HttpResponse<InputStream> answer = client.send(
                    HttpRequest.newBuilder(part).timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofInputStream());
            try (BufferedReader reader = new BufferedReader(new InputStreamReader(answer.body(), UTF_8))) {
                if (answer.statusCode() != 200) {
                    throw new VerifyFailure(
                            part + " answers " + answer.statusCode() + "; give --simulator a weir simulate", null);
                }
                return readLines(reader, from, calls);
            }
        } catch (IOException | UncheckedIOException e) {
            throw new VerifyFailure(
                    "no simulator answers at " + base + " (" + e.getMessage() + "); start it or correct --simulator",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new VerifyFailure("interrupted while reading " + part, e);
        }
    }

    private long readLines(BufferedReader reader, long from, Consumer<CallReader.Call> calls) {
        long next = from;
        Iterator<String> lines = reader.lines().iterator();
        while (lines.hasNext()) {
            Optional<CallReader.Call> call = CallReader.read(lines.next());
            if (call.isPresent() && call.get().seq() >= next) {
                if (next == 0) {
                    forgotten = call.get().seq();
                }
                next = call.get().seq() + 1;
                calls.accept(call.get());
            }
        }
        return next;
    }
}
