package dev.weir.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.weir.registry.RegistryAnswer.Found;
import dev.weir.registry.RegistryAnswer.Refused;
import dev.weir.registry.RegistryAnswer.Unavailable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SchemaRegistryTest {
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private int status = 200;
    private String body = "{}";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String sent = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + sent + " "
                + exchange.getRequestHeaders().getOrDefault("Authorization", List.of()));
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Test
    void shouldFindASchemaByItsId() {
        body = "{\"schema\":\"\\\"string\\\"\"}";

        RegistryAnswer<RegisteredSchema> answer = registry("/base/").find(new SchemaRef.ById(7));

        assertThat(answer).isEqualTo(new Found<>(new RegisteredSchema(7, "AVRO", "\"string\"", false)));
        assertThat(asked).containsExactly("GET /base/schemas/ids/7  []");
    }

    @Test
    void shouldRegisterUnderTheEncodedSubjectWithTheCredentials() {
        body = "{\"id\":12}";
        SchemaRegistry registry = new SchemaRegistry(new RegistrySettings(
                List.of(url("")), Optional.of("Bearer token"), Duration.ofSeconds(20), Optional.empty()));

        assertThat(registry.register("a b/c-value", "\"string\"")).isEqualTo(new Found<>(12));
        assertThat(asked.get(0))
                .startsWith("POST /subjects/a%20b%2Fc-value/versions {")
                .contains("\"schema\":\"\\\"string\\\"\"")
                .endsWith("[Bearer token]");
    }

    @Test
    void shouldSayWhatTheRegistryRefuses() {
        status = 409;
        body = "{\"error_code\":409,\"message\":\"incompatible\"}";
        var answer = (Refused<Integer>) registry("").register("s", "\"string\"");
        assertThat(answer.isIncompatible()).isTrue();
        assertThat(answer.message()).contains("409: incompatible");

        status = 404;
        body = "{\"error_code\":40403,\"message\":\"Schema not found\"}";
        var missing = (Refused<RegisteredSchema>) registry("").find(new SchemaRef.ById(1));
        assertThat(missing.isNotFound()).isTrue();
        assertThat(missing.code()).isEqualTo(40403);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 401, 403, 408, 429, 500, 503})
    void shouldTakeWhatMayPassForUnavailable(int failing) {
        status = failing;

        assertThat(registry("").find(new SchemaRef.ById(1))).isInstanceOf(Unavailable.class);
    }

    @Test
    void shouldTakeAWrongAddressForUnavailable() {
        status = 404;
        body = "<html>not here</html>";
        assertThat(registry("").find(new SchemaRef.ById(1))).isInstanceOf(Unavailable.class);

        status = 200;
        assertThat(registry("").find(new SchemaRef.ById(1))).isInstanceOf(Unavailable.class);
    }

    @Test
    void shouldAskTheNextAddressAndStayThere() throws IOException {
        body = "{\"id\":3}";
        URI dead = deadUrl();
        List<URI> urls = new ArrayList<>(List.of(dead, url("")));
        SchemaRegistry registry = new SchemaRegistry(
                new RegistrySettings(urls, Optional.empty(), Duration.ofSeconds(20), Optional.empty()));

        assertThat(registry.lookup("s", "\"string\"")).isEqualTo(new Found<>(3));
        assertThat(registry.lookup("s", "\"string\"")).isEqualTo(new Found<>(3));
        server.stop(0);
        assertThat(registry.lookup("s", "\"string\""))
                .isInstanceOfSatisfying(
                        Unavailable.class,
                        answer -> assertThat(answer.message()).contains("does not answer"));
    }

    @Test
    void shouldNotShowSecrets() throws IOException {
        URI secret = URI.create(deadUrl().toString().replace("://", "://user:hidden@"));
        RegistrySettings settings = new RegistrySettings(
                List.of(secret), Optional.of("Basic hidden"), Duration.ofSeconds(20), Optional.empty());

        assertThat(settings.toString()).doesNotContain("Basic");
        var answer = (Unavailable<RegisteredSchema>) new SchemaRegistry(settings).find(new SchemaRef.ById(1));
        assertThat(answer.message()).doesNotContain("hidden");
    }

    private SchemaRegistry registry(String path) {
        return new SchemaRegistry(
                new RegistrySettings(List.of(url(path)), Optional.empty(), Duration.ofSeconds(20), Optional.empty()));
    }

    private URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private static URI deadUrl() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
    }
}
