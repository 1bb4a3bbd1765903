package dev.weir.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What all contestants share: one broker and one simulated Grok, each a process of its own. */
final class Bed implements AutoCloseable {
    static final String MODEL = "grok-4.5";
    static final String API_KEY = "sim-key";
    private static final int UNLIMITED_RATE = 1_000_000;
    private static final long UNLIMITED_TOKENS = 1_000_000_000_000L;
    private static final List<String> FLAGS =
            List.of("-XX:+UseG1GC", "-XX:+ExitOnOutOfMemoryError", "-Xshare:auto", "-Dfile.encoding=UTF-8");

    private final Path home;
    private final Path logs;
    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final Child broker;
    private final Child simulator;
    private final String bootstrap;
    private final String url;

    Bed(Path home, Path logs, int latencyMillis) throws InterruptedException {
        this.home = home;
        this.logs = logs;
        broker = Child.start(
                "broker",
                weir(List.of("-Xmx2g"), List.of("kafka", "--port", "0")),
                logs.resolve("broker.log"),
                Pattern.compile("bootstrap\\.servers=(\\S+)"));
        simulator = Child.start(
                "simulator",
                weir(
                        List.of("-Xmx1g"),
                        List.of(
                                "simulate",
                                "--port",
                                "0",
                                "--api-key",
                                API_KEY,
                                "--latency",
                                "fixed:" + latencyMillis)),
                logs.resolve("simulator.log"),
                Pattern.compile("Simulated Grok on (\\S+),"));
        bootstrap = broker.announcement();
        url = simulator.announcement();
    }

    /** The command line of the product as the launcher would write it. */
    List<String> weir(List<String> jvm, List<String> arguments) {
        return weir(home.resolve("target/weir.jar"), jvm, arguments);
    }

    /** The same for another build of the product on the same libraries. */
    List<String> weir(Path jar, List<String> jvm, List<String> arguments) {
        List<String> command = new ArrayList<>(java(jvm));
        command.add("-cp");
        command.add(jar + ":" + home.resolve("target/lib") + "/*");
        command.add("dev.weir.cli.Main");
        command.addAll(arguments);
        return command;
    }

    /** The command line of a peer. */
    List<String> peer(List<String> jvm, List<String> arguments) {
        List<String> command = new ArrayList<>(java(jvm));
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(PeerMain.class.getName());
        command.addAll(arguments);
        return command;
    }

    private static List<String> java(List<String> jvm) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.addAll(jvm);
        return command;
    }

    String bootstrap() {
        return bootstrap;
    }

    String url() {
        return url;
    }

    Path logs() {
        return logs;
    }

    Child broker() {
        return broker;
    }

    Child simulator() {
        return simulator;
    }

    /** Sets the simulator's quota and forgets what it has seen; 0 is no quota. */
    void limit(int perSecond) throws InterruptedException {
        post(
                "limits",
                "{\"default\":{\"rps\":%2$d,\"tpm\":%3$d},\"%1$s\":{\"rps\":%2$d,\"tpm\":%3$d}}"
                        .formatted(MODEL, perSecond == 0 ? UNLIMITED_RATE : perSecond, UNLIMITED_TOKENS));
        post("reset", "");
    }

    /** What the simulator has seen since {@link #limit}. */
    JsonNode seen() throws InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url + "/_sim/stats")).build());
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
        simulator.close();
        broker.close();
    }
}
