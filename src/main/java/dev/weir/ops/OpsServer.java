package dev.weir.ops;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.Server;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletionException;

/** The operations port: metrics for Prometheus, and health for whoever restarts or routes. Threading: any. */
public final class OpsServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final MediaType PROMETHEUS = MediaType.parse("text/plain; version=0.0.4; charset=utf-8");
    private static final String INDEX = "Weir\n\n/metrics\n/health/live\n/health/ready\n";

    private final Server server;
    private final String host;

    private OpsServer(Server server, String host) {
        this.server = server;
        this.host = host;
    }

    /**
     * Starts listening; an IllegalStateException names a port that cannot be used.
     *
     * @param port 0 for any free one
     */
    public static OpsServer start(String host, int port, PrometheusMeterRegistry meters, Health health) {
        Server server = Server.builder()
                .http(new InetSocketAddress(host, port))
                .service("/", (context, request) -> HttpResponse.of(INDEX))
                .service("/metrics", (context, request) -> HttpResponse.of(HttpStatus.OK, PROMETHEUS, meters.scrape()))
                .service("/health/live", (context, request) -> answer(health.reasonsNotLive()))
                .service("/health/ready", (context, request) -> answer(health.reasonsNotReady()))
                .build();
        try {
            server.start().join();
        } catch (CompletionException e) {
            throw new IllegalStateException(
                    "http.listen = " + host + ":" + port + " cannot be used (" + e.getCause()
                            + "); name a free port, or leave it empty",
                    e);
        }
        return new OpsServer(server, host);
    }

    /** Where it listens, such as {@code http://127.0.0.1:8090}. */
    public String url() {
        return "http://" + host + ":" + server.activeLocalPort();
    }

    private static HttpResponse answer(List<String> reasons) {
        ObjectNode body = JSON.createObjectNode();
        body.put("status", reasons.isEmpty() ? "up" : "down");
        reasons.forEach(body.putArray("reasons")::add);
        HttpStatus status = reasons.isEmpty() ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE;
        return HttpResponse.of(status, MediaType.JSON_UTF_8, body.toString());
    }

    @Override
    public void close() {
        server.stop().join();
    }
}
