package dev.weir.grok;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.ClientFactoryBuilder;
import com.linecorp.armeria.client.ClientRequestContext;
import com.linecorp.armeria.client.ClientRequestContextCaptor;
import com.linecorp.armeria.client.Clients;
import com.linecorp.armeria.client.RequestOptions;
import com.linecorp.armeria.client.ResponseTimeoutMode;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.client.encoding.DecodingClient;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.SessionProtocol;
import io.netty.channel.ChannelOption;
import io.netty.util.AsciiString;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The client that calls Grok over HTTP. Nothing is retried and no redirect is followed: one call is at most one request
 * on the wire. Threading: safe for any thread; observers run on the HTTP client's event loop.
 */
public final class HttpGrokClient implements GrokClient {
    /** Shorter than servers keep idle connections, so that a call rarely meets one that is just being closed. */
    private static final Duration IDLE = Duration.ofSeconds(30);
    /** A dead HTTP/2 connection is noticed within two of these, long before a call times out. */
    private static final Duration PING = Duration.ofSeconds(10);
    /**
     * Two take turns on a crowd of answers. Connections belong to loops, so that of more loops some would idle where
     * the next call does not look.
     */
    private static final int EVENT_LOOPS = 2;
    /** Edges send policies and cookies that together pass the usual 8 KB. */
    private static final int MAX_HEADER_BYTES = 65_536;

    private static final AsciiString CLIENT_REQUEST_ID = HttpHeaderNames.of("x-client-request-id");

    private record Common(String key, RequestHeaders headers) {
        /** Without the key. */
        @Override
        public String toString() {
            return "headers";
        }
    }

    private final GrokSettings settings;
    private final ApiKeySource keys;
    private final InstantSource clock;
    private final ClientFactory factory;
    private final WebClient client;
    private volatile @Nullable Common common;
    private final Set<HttpCall> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** A client for one address. The clock is read for dates in headers only. */
    public HttpGrokClient(GrokSettings settings, ApiKeySource keys, InstantSource clock) {
        this(settings, keys, clock, transport(settings));
    }

    /** A client over another transport, such as one that trusts another authority. */
    HttpGrokClient(GrokSettings settings, ApiKeySource keys, InstantSource clock, ClientFactoryBuilder transport) {
        this.settings = settings;
        this.keys = keys;
        this.clock = clock;
        this.factory = transport.build();
        this.client = client(settings, factory);
    }

    @Override
    public void call(GrokCall call, CallObserver observer) {
        HttpCall started = new HttpCall(call, observer, settings.maxResponseBytes(), clock, running::remove);
        running.add(started);
        if (closed) {
            started.notStarted(CallFailure.Kind.LOST, "The client is closed.");
            return;
        }
        try (ClientRequestContextCaptor captor = Clients.newContextCaptor()) {
            HttpResponse response = client.execute(request(call), options(call));
            ClientRequestContext context = captor.get();
            started.follow(context, response);
        } catch (RuntimeException e) {
            started.notStarted(CallFailure.Kind.CONNECT, "The call could not be started: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        closed = true;
        List.copyOf(running).forEach(HttpCall::abort);
        factory.close();
        // What the event loops could not tell any more is told here.
        List.copyOf(running).forEach(call -> call.lost("The client was closed during the call."));
    }

    private RequestOptions options(GrokCall call) {
        Duration own = call.timeout();
        boolean shorter = own != null && own.compareTo(settings.callTimeout()) < 0;
        return own != null && shorter
                ? RequestOptions.builder()
                        .responseTimeoutMillis(Math.max(1, own.toMillis()))
                        .build()
                : RequestOptions.of();
    }

    private HttpRequest request(GrokCall call) {
        RequestHeaders headers = headers(keys.key()).toBuilder()
                .set(CLIENT_REQUEST_ID, call.clientRequestId())
                .build();
        byte[] body = RequestBody.prepare(call.body(), call.conversation()).bytes();
        return HttpRequest.of(headers, HttpData.wrap(body));
    }

    /** Those of every call with that key, made once for each key. */
    private RequestHeaders headers(String key) {
        Common common = this.common;
        if (common == null || !common.key().equals(key)) {
            common = new Common(
                    key,
                    RequestHeaders.builder(HttpMethod.POST, settings.completionsPath())
                            .contentType(MediaType.JSON)
                            .set(HttpHeaderNames.ACCEPT, "application/json")
                            .set(HttpHeaderNames.AUTHORIZATION, "Bearer " + key)
                            .set(HttpHeaderNames.USER_AGENT, "weir")
                            .build());
            this.common = common;
        }
        return common.headers();
    }

    /** The transport that the settings ask for. */
    static ClientFactoryBuilder transport(GrokSettings settings) {
        ClientFactoryBuilder builder = ClientFactory.builder()
                .connectTimeout(settings.connectTimeout())
                .idleTimeout(IDLE)
                .channelOption(ChannelOption.SO_KEEPALIVE, true)
                .http1MaxHeaderSize(MAX_HEADER_BYTES)
                .http2MaxHeaderListSize(MAX_HEADER_BYTES)
                .maxNumEventLoopsPerEndpoint(EVENT_LOOPS)
                .maxNumEventLoopsPerHttp1Endpoint(EVENT_LOOPS);
        // Over HTTP/1.1 a ping would be an OPTIONS request, which not every server likes.
        return settings.encrypted() ? builder.pingInterval(PING) : builder;
    }

    private static WebClient client(GrokSettings settings, ClientFactory factory) {
        URI base = settings.baseUrl();
        // Without TLS nothing negotiates the protocol, and HTTP/1.1 is what every server speaks.
        SessionProtocol protocol = settings.encrypted() ? SessionProtocol.HTTPS : SessionProtocol.H1C;
        return WebClient.builder(protocol.uriText() + "://" + base.getRawAuthority())
                .factory(factory)
                .responseTimeout(settings.callTimeout())
                .responseTimeoutMode(ResponseTimeoutMode.FROM_START)
                // The response timeout covers the writing too.
                .writeTimeoutMillis(0)
                .maxResponseLength(settings.maxResponseBytes() * AnswerBody.READ_ON)
                .decorator(DecodingClient.newDecorator())
                .build();
    }
}
