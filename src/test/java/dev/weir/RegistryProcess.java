package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A real registry, Apicurio with Confluent's API, as a process of its own; its database is a file, so that a stop is
 * only a stop. The build unpacks it before integration tests.
 */
final class RegistryProcess implements AutoCloseable {
    private static final Path FOLDER = Path.of("target/registry").toAbsolutePath();

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port;
    private final Path data;
    private Process process;

    private RegistryProcess(int port, Path data) throws IOException {
        this.port = port;
        this.data = data;
        this.process = launch();
    }

    /** Starts a registry without schemas; they outlive a {@link #halt}. */
    static RegistryProcess start() throws IOException {
        RegistryProcess registry = new RegistryProcess(freePort(), Files.createTempDirectory(FOLDER, "data-"));
        registry.awaitReady();
        return registry;
    }

    private Process launch() throws IOException {
        String[] jars = FOLDER.toFile().list((folder, name) -> name.endsWith("-runner.jar"));
        assertThat(jars)
                .as("run: mvn dependency:unpack@registry dependency:copy@confluent")
                .hasSize(1);
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx400m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dquarkus.http.host=127.0.0.1",
                        "-Dquarkus.http.port=" + port,
                        "-jar",
                        FOLDER.resolve(jars[0]).toString())
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        FOLDER.resolve("registry.log").toFile()));
        builder.environment().put("REGISTRY_DATASOURCE_URL", "jdbc:h2:file:" + data.resolve("registry"));
        return builder.start();
    }

    private void awaitReady() {
        await().atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofMillis(500))
                .until(this::answers);
    }

    String url() {
        return "http://127.0.0.1:" + port + "/apis/ccompat/v7";
    }

    /** Ends the process; its port refuses connections from now on. */
    void halt() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).as("the registry ends").isTrue();
    }

    /** Starts a new process on the same port and data. */
    void startAgain() throws IOException {
        process = launch();
        awaitReady();
    }

    /** Sends a body under a path; the whole answer. */
    HttpResponse<String> send(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + path))
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private boolean answers() throws InterruptedException {
        assertThat(process.isAlive()).as("see target/registry/registry.log").isTrue();
        try {
            return send("GET", "/subjects", null).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
