package dev.weir.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** A simulated Grok of one latency, a process of its own. */
final class Grok implements AutoCloseable {
    static final String MODEL = "grok-4.5";
    static final String API_KEY = "sim-key";
    private static final int UNLIMITED_RATE = 1_000_000;
    private static final long UNLIMITED_TOKENS = 1_000_000_000_000L;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ObjectMapper json = new ObjectMapper();
    private final Child process;
    private final String url;

    Grok(Bed bed, int latencyMillis) throws InterruptedException {
        List<String> arguments =
                List.of("simulate", "--port", "0", "--api-key", API_KEY, "--latency", "fixed:" + latencyMillis);
        Path log = bed.logs().resolve("simulator-" + latencyMillis + "ms.log");
        process = Child.start(
                "simulator", bed.weir(List.of("-Xmx1g"), arguments), log, Pattern.compile("Simulated Grok on (\\S+),"));
        url = process.announcement();
    }

    Child process() {
        return process;
    }

    String url() {
        return url;
    }

    /** Sets the quota and forgets what was seen; 0 is no quota. */
    void limit(int perSecond) throws InterruptedException {
        post(
                "limits",
                "{\"default\":{\"rps\":%2$d,\"tpm\":%3$d},\"%1$s\":{\"rps\":%2$d,\"tpm\":%3$d}}"
                        .formatted(MODEL, perSecond == 0 ? UNLIMITED_RATE : perSecond, UNLIMITED_TOKENS));
        post("reset", "");
    }

    /** What was seen since {@link #limit}. */
    JsonNode seen() throws InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url + "/_sim/stats")).build());
    }

    /** How many calls run now. */
    int running() throws InterruptedException {
        JsonNode seen = seen();
        return seen.path("requests").asInt()
                - seen.path("ok").asInt()
                - seen.path("too_many_requests").asInt()
                - seen.path("other_failures").asInt();
    }

    private void post(String action, String body) throws InterruptedException {
        var unused = send(HttpRequest.newBuilder(URI.create(url + "/_sim/" + action))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private JsonNode send(HttpRequest request) throws InterruptedException {
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException(request.uri() + " answers " + response.body());
            }
            return json.readTree(response.body());
        } catch (IOException e) {
            throw new IllegalStateException(request.uri() + " does not answer", e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
