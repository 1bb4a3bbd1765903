package dev.weir.grok;

import static dev.weir.grok.ScriptedServer.response;
import static dev.weir.grok.ScriptedServer.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.event.Blob;
import dev.weir.event.Reason;
import dev.weir.event.StopClass;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class HttpGrokClientTest {
    private static final String ANSWER = Fixtures.body("answer.json").text();
    private static final GrokCall CALL =
            new GrokCall("in-0-17/2", "grok-4.6", "talk", Blob.utf8("{\"model\":\"grok-4.6\",\"stream\":true}"));

    private final RecordingObserver observer = new RecordingObserver();
    private final List<AutoCloseable> resources = new ArrayList<>();

    @AfterEach
    void end() throws Exception {
        for (AutoCloseable resource : resources) {
            resource.close();
        }
    }

    @Test
    void shouldDeliverTheAnswerVerbatim() throws Exception {
        ScriptedServer server = server((request, socket) ->
                send(socket, response("200 OK", "x-ratelimit-remaining-requests: 41\r\n", ANSWER)));

        client(server).call(CALL, observer);

        assertThat(observer.answered().response().text()).isEqualTo(ANSWER);
        assertThat(observer.answered().model()).isEqualTo("grok-4.6-0810");
        assertThat(observer.answered().rateLimits().remainingRequests()).isEqualTo(41);
        assertThat(observer.events()).containsExactly("sent", "finished");
    }

    @Test
    void shouldSendTheRequestAsGrokExpectsIt() throws Exception {
        ScriptedServer server = server((request, socket) -> send(socket, response("200 OK", "", ANSWER)));

        client(server).call(CALL, observer);
        observer.answered();

        ScriptedServer.Received request = server.received().get(0);
        assertThat(request.line()).isEqualTo("POST /v1/chat/completions HTTP/1.1");
        assertThat(request.body()).isEqualTo("{\"prompt_cache_key\":\"talk\",\"model\":\"grok-4.6\"}");
        assertThat(request.headers())
                .containsEntry("authorization", "Bearer xai-test-key")
                .containsEntry("x-client-request-id", "in-0-17/2")
                .containsEntry("user-agent", "weir")
                .hasEntrySatisfying("content-type", type -> assertThat(type).startsWith("application/json"));
    }

    @Test
    void shouldPassOnWhatA429Says() throws Exception {
        String body = Fixtures.body("rate-requests.json").text();
        ScriptedServer server = server(
                (request, socket) -> send(socket, response("429 Too Many Requests", "Retry-After: 9\r\n", body)));

        client(server).call(CALL, observer);

        assertStopped(StopClass.THROTTLED, Reason.RATE_LIMITED, false);
        assertThat(observer.stopped().retryAfter()).contains(Duration.ofSeconds(9));
        assertThat(server.received()).hasSize(1);
    }

    @Test
    void shouldNotFollowARedirect() throws Exception {
        ScriptedServer server = server((request, socket) ->
                send(socket, response("307 Temporary Redirect", "location: http://127.0.0.1:1/elsewhere\r\n", "")));

        client(server).call(CALL, observer);

        assertStopped(StopClass.TRANSIENT, Reason.UNREADABLE_ANSWER, false);
        assertThat(server.received()).hasSize(1);
    }

    @Test
    void shouldReportAResetBeforeTheAnswer() throws Exception {
        ScriptedServer server = server((request, socket) -> ScriptedServer.reset(socket));

        client(server).call(CALL, observer);

        assertStopped(StopClass.TRANSIENT, Reason.CONNECTION_LOST, false);
        assertThat(observer.events()).containsExactly("sent", "finished");
        assertThat(server.received()).hasSize(1);
    }

    @Test
    void shouldReportAResetWithinTheAnswer() throws Exception {
        ScriptedServer server = server((request, socket) -> {
            send(socket, "HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n{\"choices\":[");
            ScriptedServer.reset(socket);
        });

        client(server).call(CALL, observer);

        assertStopped(StopClass.TRANSIENT, Reason.CONNECTION_LOST, false);
    }

    @Test
    void shouldReportAnOrderlyCloseWithinTheAnswer() throws Exception {
        ScriptedServer server = server((request, socket) -> {
            send(socket, "HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n" + ANSWER.substring(0, 90));
            socket.close();
        });

        client(server).call(CALL, observer);

        assertStopped(StopClass.TRANSIENT, Reason.CONNECTION_LOST, false);
        assertThat(observer.stopped().error().httpStatus()).isEqualTo(200);
    }

    @Test
    void shouldReportAnAnswerThatWasCutWithoutALength() throws Exception {
        ScriptedServer server = server((request, socket) -> {
            send(socket, "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n" + ANSWER.substring(0, 90));
            socket.close();
        });

        client(server).call(CALL, observer);

        assertStopped(StopClass.TRANSIENT, Reason.UNREADABLE_ANSWER, false);
    }

    @Test
    void shouldLetA429DecideThoughItsBodyWasCut() throws Exception {
        ScriptedServer server = server((request, socket) -> {
            send(socket, "HTTP/1.1 429 Slow\r\nretry-after: 4\r\ncontent-length: 1000\r\n\r\n{\"code\":");
            socket.close();
        });

        client(server).call(CALL, observer);

        assertStopped(StopClass.THROTTLED, Reason.RATE_LIMITED, false);
        assertThat(observer.stopped().retryAfter()).contains(Duration.ofSeconds(4));
    }

    @Test
    void shouldReportWhatIsNotHttp() throws Exception {
        ScriptedServer server = server((request, socket) -> send(socket, "SSH-2.0-OpenSSH_9.6\r\n\r\n"));

        client(server).call(CALL, observer);

        assertThat(observer.stopped().error().stopClass()).isEqualTo(StopClass.TRANSIENT);
        assertThat(observer.stopped().error().nothingSent()).isFalse();
    }

    @Test
    void shouldGiveUpOnAServerThatStalls() throws Exception {
        ScriptedServer server = server((request, socket) -> awaitEnd());

        client(server.uri(), Duration.ofMillis(300), 4096, 8).call(CALL, observer);

        assertStopped(StopClass.TRANSIENT, Reason.TIMEOUT, false);
        assertThat(observer.events()).containsExactly("sent", "finished");
    }

    @Test
    void shouldGiveUpOnAServerThatDripsForEver() throws Exception {
        ScriptedServer server = server((request, socket) -> {
            send(socket, "HTTP/1.1 200 OK\r\ncontent-length: 4000\r\n\r\n");
            while (!server(0).end.await(20, TimeUnit.MILLISECONDS)) {
                send(socket, " ");
            }
        });

        client(server.uri(), Duration.ofMillis(400), 4096, 8).call(CALL, observer);

        assertStopped(StopClass.TRANSIENT, Reason.TIMEOUT, false);
    }

    @Test
    void shouldStopReadingAnAnswerThatIsTooLarge() throws Exception {
        ScriptedServer server = server((request, socket) -> {
            send(socket, "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
            while (true) {
                send(socket, "200\r\n" + " ".repeat(0x200) + "\r\n");
            }
        });

        client(server).call(CALL, observer);

        assertStopped(StopClass.FATAL, Reason.RESPONSE_TOO_LARGE, false);
    }

    @Test
    void shouldBoundWhatIsDecompressed() throws Exception {
        ScriptedServer server = server((request, socket) -> sendZipped(socket, " ".repeat(1_000_000)));

        client(server).call(CALL, observer);

        assertStopped(StopClass.FATAL, Reason.RESPONSE_TOO_LARGE, false);
    }

    @Test
    void shouldReadACompressedAnswer() throws Exception {
        ScriptedServer server = server((request, socket) -> sendZipped(socket, ANSWER));

        client(server).call(CALL, observer);

        assertThat(observer.answered().response().text()).isEqualTo(ANSWER);
        assertThat(server.received().get(0).headers().get("accept-encoding")).contains("gzip");
    }

    @Test
    void shouldKnowThatNothingWasSentWhenNobodyListens() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }

        client(URI.create("http://127.0.0.1:" + port), Duration.ofSeconds(10), 4096, 8)
                .call(CALL, observer);

        assertStopped(StopClass.TRANSIENT, Reason.CONNECT_FAILED, true);
        assertThat(observer.events()).containsExactly("finished");
    }

    @Test
    void shouldKnowThatNothingWasSentWhenTheHostIsUnknown() throws Exception {
        client(URI.create("http://no-such-host.invalid"), Duration.ofSeconds(10), 4096, 8)
                .call(CALL, observer);

        assertStopped(StopClass.TRANSIENT, Reason.CONNECT_FAILED, true);
    }

    @Test
    void shouldKnowThatNothingWasSentWhenTlsFails() throws Exception {
        ServerSocket plain = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        resources.add(plain);
        Thread thread = new Thread(() -> {
            try (Socket socket = plain.accept()) {
                send(socket, "HTTP/1.1 400 Bad Request\r\n\r\n");
                socket.getInputStream().readNBytes(100);
            } catch (java.io.IOException e) {
                // The client has gone.
            }
        });
        thread.setDaemon(true);
        thread.start();

        client(URI.create("https://127.0.0.1:" + plain.getLocalPort()), Duration.ofSeconds(10), 4096, 8)
                .call(CALL, observer);

        assertStopped(StopClass.TRANSIENT, Reason.CONNECT_FAILED, true);
    }

    @Test
    void shouldHaveNoMoreConnectionsThanAllowed() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        ScriptedServer server = server((request, socket) -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            server(0).end.await(10, TimeUnit.MILLISECONDS);
            now.decrementAndGet();
            send(socket, response("200 OK", "", ANSWER));
        });
        HttpGrokClient client = client(server.uri(), Duration.ofSeconds(20), 4096, 3);
        List<RecordingObserver> observers = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            observers.add(new RecordingObserver());
            client.call(CALL, observers.get(i));
        }

        for (RecordingObserver each : observers) {
            each.answered();
            assertThat(each.events()).containsExactly("sent", "finished");
        }
        assertThat(most.get()).isEqualTo(3);
        assertThat(server.connections()).isLessThanOrEqualTo(6);
    }

    @Test
    void shouldTimeOutWhileWaitingForAConnection() throws Exception {
        ScriptedServer server = server((request, socket) -> awaitEnd());
        HttpGrokClient client = client(server.uri(), Duration.ofMillis(400), 4096, 1);
        RecordingObserver second = new RecordingObserver();

        client.call(CALL, observer);
        client.call(CALL, second);

        assertStopped(StopClass.TRANSIENT, Reason.TIMEOUT, false);
        GrokError error = second.stopped().error();
        assertThat(error.reason()).isEqualTo(Reason.TIMEOUT);
        assertThat(error.nothingSent()).isEqualTo(!second.events().contains("sent"));
    }

    @Test
    void shouldEndRunningCallsWhenClosed() throws Exception {
        ScriptedServer server = server((request, socket) -> awaitEnd());
        HttpGrokClient client = client(server);
        client.call(CALL, observer);
        await().atMost(Duration.ofSeconds(10)).until(() -> !server.received().isEmpty());

        client.close();

        assertThat(observer.isFinished()).isTrue();
        assertStopped(StopClass.TRANSIENT, Reason.CONNECTION_LOST, false);
        RecordingObserver late = new RecordingObserver();
        client.call(CALL, late);
        assertThat(late.stopped().error().nothingSent()).isTrue();
        assertThat(late.events()).containsExactly("finished");
    }

    @Test
    void shouldReportAKeySourceThatFails() throws Exception {
        ScriptedServer server = server((request, socket) -> send(socket, response("200 OK", "", ANSWER)));
        GrokSettings settings = new GrokSettings(server.uri(), Duration.ofSeconds(10), Duration.ofSeconds(5), 4096, 1);
        HttpGrokClient broken = new HttpGrokClient(
                settings,
                () -> {
                    throw new IllegalStateException("no key today");
                },
                InstantSource.system());
        resources.add(broken);

        broken.call(CALL, observer);

        assertStopped(StopClass.TRANSIENT, Reason.CONNECT_FAILED, true);
        assertThat(observer.stopped().error().message()).contains("no key today");
    }

    private void assertStopped(StopClass stopClass, Reason reason, boolean nothingSent) throws Exception {
        GrokError error = observer.stopped().error();
        assertThat(error)
                .as(error.message())
                .extracting(GrokError::stopClass, GrokError::reason, GrokError::nothingSent)
                .containsExactly(stopClass, reason, nothingSent);
    }

    private static void sendZipped(Socket socket, String body) throws Exception {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(body.getBytes(StandardCharsets.UTF_8));
        }
        send(socket, "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: " + zipped.size() + "\r\n\r\n");
        socket.getOutputStream().write(zipped.toByteArray());
    }

    private void awaitEnd() throws InterruptedException {
        server(0).end.await();
    }

    private ScriptedServer server(int index) {
        return (ScriptedServer) resources.get(index);
    }

    private ScriptedServer server(ScriptedServer.Script script) {
        ScriptedServer server = new ScriptedServer(script);
        resources.add(server);
        return server;
    }

    private HttpGrokClient client(ScriptedServer server) {
        return client(server.uri(), Duration.ofSeconds(10), 4096, 8);
    }

    private HttpGrokClient client(URI base, Duration timeout, long maxBytes, int connections) {
        GrokSettings settings = new GrokSettings(base, timeout, Duration.ofSeconds(5), maxBytes, connections);
        HttpGrokClient client =
                new HttpGrokClient(settings, ApiKeySource.fixed("xai-test-key"), InstantSource.system());
        resources.add(client);
        return client;
    }
}
