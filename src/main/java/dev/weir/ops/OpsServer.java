package dev.weir.ops;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The operations port over HTTP: {@code /metrics} for Prometheus, {@code /health/live} and {@code /health/ready} for an
 * orchestrator. It shows no prompt, answer or key. The meters name models, tenants and spending, so they are shown to
 * who has the token, or, where there is none, on a loopback address only.
 *
 * <p>Threading: answers are made on a pool of its own, so a slow scrape holds up no other request's event loop.
 */
public final class OpsServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final MediaType PROMETHEUS_TEXT = MediaType.parse("text/plain; version=0.0.4; charset=utf-8");
    private static final String INDEX = """
            Weir, a Grok gateway on Kafka Streams

            /metrics        the meters, in the text format of Prometheus
            /health/live    200 while the process should keep running, else 503
            /health/ready   200 while it can do its work, else 503
            """;

    private final Server server;

    private OpsServer(Server server) {
        this.server = server;
    }

    /**
     * Opens the port.
     *
     * @param host the address or name to listen on
     * @param port 0 for any free one
     * @param token what a reader of the meters must show as bearer, or null
     * @throws OpsFailure if the address cannot be opened
     */
    public static OpsServer start(
            String host, int port, @Nullable String token, PrometheusMeterRegistry registry, Health health) {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new OpsFailure("http.listen: the host " + host + " is unknown; use an address of this machine", null);
        }
        boolean open = token == null && address.getAddress().isLoopbackAddress();
        ServerBuilder builder = Server.builder()
                .http(address)
                .gracefulShutdownTimeoutMillis(0, 0)
                .service("/", (ctx, request) -> HttpResponse.of(MediaType.PLAIN_TEXT_UTF_8, INDEX))
                .service(
                        "/metrics",
                        (ctx, request) -> open || shows(token, request)
                                ? later(ctx.blockingTaskExecutor(), () -> metrics(registry))
                                : refusal(token))
                .service(
                        "/health/live",
                        (ctx, request) -> later(ctx.blockingTaskExecutor(), () -> status(health.live())))
                .service(
                        "/health/ready",
                        (ctx, request) -> later(ctx.blockingTaskExecutor(), () -> status(health.ready())));
        Server server = builder.build();
        try {
            server.start().join();
        } catch (CompletionException e) {
            server.close();
            throw new OpsFailure(
                    "http.listen: cannot listen on " + host + ":" + port + " (" + reason(e)
                            + "); free the port or set another one",
                    e);
        }
        return new OpsServer(server);
    }

    /** The port it listens on. */
    public int port() {
        return server.activeLocalPort();
    }

    /** Closes the port at once. */
    @Override
    public void close() {
        server.close();
    }

    /** Compares in constant time, so that nobody learns the token letter by letter. */
    private static boolean shows(@Nullable String token, HttpRequest request) {
        String shown = request.headers().get(HttpHeaderNames.AUTHORIZATION, "");
        return token != null && MessageDigest.isEqual(("Bearer " + token).getBytes(UTF_8), shown.getBytes(UTF_8));
    }

    private static HttpResponse refusal(@Nullable String token) {
        return token == null
                ? HttpResponse.of(
                        HttpStatus.FORBIDDEN,
                        MediaType.PLAIN_TEXT_UTF_8,
                        "http.listen is no loopback address: set http.token, and show it as Authorization: Bearer\n")
                : HttpResponse.of(
                        ResponseHeaders.of(HttpStatus.UNAUTHORIZED, HttpHeaderNames.WWW_AUTHENTICATE, "Bearer"));
    }

    private static HttpResponse later(Executor executor, Supplier<HttpResponse> answer) {
        return HttpResponse.of(answer, executor);
    }

    private static HttpResponse metrics(PrometheusMeterRegistry registry) {
        return HttpResponse.of(HttpStatus.OK, PROMETHEUS_TEXT, registry.scrape());
    }

    private static HttpResponse status(Health.Status status) {
        ObjectNode body = JSON.createObjectNode().put("status", status.up() ? "up" : "down");
        status.reasons().forEach(body.putArray("reasons")::add);
        ResponseHeaders headers = ResponseHeaders.builder(status.up() ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .contentType(MediaType.JSON_UTF_8)
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .build();
        try {
            return HttpResponse.of(headers, HttpData.ofUtf8(JSON.writeValueAsString(body) + "\n"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts is always writable", e);
        }
    }

    private static String reason(CompletionException failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
