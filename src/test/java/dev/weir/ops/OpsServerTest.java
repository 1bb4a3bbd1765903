package dev.weir.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class OpsServerTest {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Health health = new Health();
    private final OpsServer server = OpsServer.start("127.0.0.1", 0, null, registry, health);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void shouldServeTheMetersInTheTextFormat() throws Exception {
        registry.counter("weir.calls", "outcome", "ok").increment(3);

        HttpResponse<String> answer = get("/metrics");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
        assertThat(answer.body()).contains("weir_calls_total{outcome=\"ok\"} 3.0");
    }

    @Test
    void shouldAnswerUpWith200() throws Exception {
        HttpResponse<String> answer = get("/health/live");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body().trim()).isEqualTo("{\"status\":\"up\",\"reasons\":[]}");
    }

    @Test
    void shouldAnswerDownWith503AndTheReasons() throws Exception {
        health.ready("streams", () -> Check.down("not \"RUNNING\""));

        HttpResponse<String> answer = get("/health/ready");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("cache-control")).hasValue("no-store");
        assertThat(answer.body().trim())
                .isEqualTo("{\"status\":\"down\",\"reasons\":[\"streams: not \\\"RUNNING\\\"\"]}");
    }

    @Test
    void shouldListItsPathsAndKnowNoOther() throws Exception {
        assertThat(get("/").body()).contains("/metrics", "/health/live", "/health/ready");
        assertThat(get("/elsewhere").statusCode()).isEqualTo(404);
    }

    @Test
    void shouldShowTheMetersToWhoHasTheToken() throws Exception {
        try (OpsServer guarded = OpsServer.start("127.0.0.1", 0, "t0ken", registry, health)) {
            assertThat(get(guarded, "/metrics", null).statusCode()).isEqualTo(401);
            assertThat(get(guarded, "/metrics", "Bearer t0kem").statusCode()).isEqualTo(401);
            assertThat(get(guarded, "/metrics", "t0ken").statusCode()).isEqualTo(401);
            assertThat(get(guarded, "/metrics", "Bearer t0ken").statusCode()).isEqualTo(200);
            assertThat(get(guarded, "/health/ready", null).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void shouldShowNoMetersToTheNetworkWithoutAToken() throws Exception {
        try (OpsServer open = OpsServer.start("0.0.0.0", 0, null, registry, health)) {
            HttpResponse<String> answer = get(open, "/metrics", "Bearer null");

            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).contains("set http.token");
            assertThat(get(open, "/health/ready", null).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void shouldExplainAPortThatIsTaken() {
        assertThatThrownBy(() -> OpsServer.start("127.0.0.1", server.port(), null, registry, health))
                .isInstanceOf(OpsFailure.class)
                .hasMessageStartingWith("http.listen: cannot listen on 127.0.0.1:" + server.port())
                .hasMessageEndingWith("free the port or set another one");
    }

    private HttpResponse<String> get(String path) throws Exception {
        return get(server, path, null);
    }

    private static HttpResponse<String> get(OpsServer from, String path, @Nullable String authorization)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + from.port() + path));
        if (authorization != null) {
            request.header("authorization", authorization);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
