package dev.weir.grok;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.Server;
import dev.weir.event.Reason;
import dev.weir.event.StopClass;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Over TLS, where HTTP/2 is negotiated. */
final class HttpGrokClientTlsTest {
    @RegisterExtension
    private final ClientBench bench = new ClientBench();

    private final RecordingObserver observer = new RecordingObserver();

    @Test
    void shouldSpeakHttp2() throws Exception {
        AtomicReference<SessionProtocol> protocol = new AtomicReference<>();
        int port = serve((context, request) -> {
            protocol.set(context.sessionProtocol());
            return HttpResponse.of(HttpStatus.OK, MediaType.JSON, ClientBench.ANSWER);
        });
        HttpGrokClient client = trusting(port, Duration.ofSeconds(10));
        List<RecordingObserver> observers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            observers.add(new RecordingObserver());
            client.call(ClientBench.CALL, observers.get(i));
        }

        for (RecordingObserver each : observers) {
            assertThat(each.answered().content()).isEqualTo("Vier.");
            assertThat(each.events()).containsExactly("sent", "finished");
        }
        assertThat(protocol.get()).isEqualTo(SessionProtocol.H2);
    }

    @Test
    void shouldNotSendTheKeyToAServerThatIsNotTrusted() throws Exception {
        int port = serve((context, request) -> HttpResponse.of(HttpStatus.OK));

        bench.client(uri(port), Duration.ofSeconds(10), 4096).call(ClientBench.CALL, observer);

        ClientBench.assertStopped(observer, StopClass.TRANSIENT, Reason.CONNECT_FAILED, true);
    }

    @Test
    void shouldReportAStreamThatWasReset() throws Exception {
        int port = serve((context, request) -> {
            HttpResponseWriter response = HttpResponse.streaming();
            response.write(ResponseHeaders.of(HttpStatus.OK));
            response.write(HttpData.ofUtf8("{\"choices\":["));
            response.close(new IllegalStateException("gone"));
            return response;
        });

        trusting(port, Duration.ofSeconds(10)).call(ClientBench.CALL, observer);

        assertThat(observer.stopped().error().stopClass()).isEqualTo(StopClass.TRANSIENT);
        assertThat(observer.stopped().error().nothingSent()).isFalse();
        assertThat(observer.events()).containsExactly("sent", "finished");
    }

    @Test
    void shouldNoticeAConnectionThatDiedSilently() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        int port = serve((context, request) -> {
            arrived.countDown();
            return HttpResponse.delayed(HttpResponse.of(HttpStatus.OK), Duration.ofMinutes(1));
        });
        FreezingProxy proxy = bench.closeAtEnd(new FreezingProxy(port));
        HttpGrokClient client = trusting(proxy.port(), Duration.ofSeconds(60));
        client.call(ClientBench.CALL, observer);
        arrived.await();

        proxy.freeze();

        ClientBench.assertStopped(observer, StopClass.TRANSIENT, Reason.CONNECTION_LOST, false);
    }

    @Test
    void shouldNotTakeALongThoughtForADeadConnection() throws Exception {
        int port = serve((context, request) -> HttpResponse.delayed(
                HttpResponse.of(HttpStatus.OK, MediaType.JSON, ClientBench.ANSWER), Duration.ofMillis(3_500)));

        trusting(port, Duration.ofSeconds(60)).call(ClientBench.CALL, observer);

        assertThat(observer.answered().content()).isEqualTo("Vier.");
    }

    private int serve(HttpService service) {
        Server server = bench.closeAtEnd(Server.builder()
                .https(0)
                .tlsSelfSigned()
                .gracefulShutdownTimeout(Duration.ZERO, Duration.ZERO)
                .service("/v1/chat/completions", service)
                .build());
        server.start().join();
        return server.activeLocalPort();
    }

    private HttpGrokClient trusting(int port, Duration timeout) {
        GrokSettings settings = ClientBench.settings(uri(port), timeout, 4096);
        return bench.closeAtEnd(new HttpGrokClient(
                settings,
                ApiKeySource.fixed("xai-test-key"),
                InstantSource.system(),
                HttpGrokClient.transport(settings)
                        .tlsNoVerify()
                        .pingIntervalMillis(1_000)
                        .idleTimeoutMillis(2_000)));
    }

    private static URI uri(int port) {
        return URI.create("https://127.0.0.1:" + port);
    }

    /** Passes bytes on until it is frozen; then it takes them and tells nobody. */
    private static final class FreezingProxy implements AutoCloseable {
        private final ServerSocket listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        private final List<Socket> sockets = new ArrayList<>();
        private volatile boolean frozen;

        FreezingProxy(int target) throws IOException {
            thread(() -> {
                while (true) {
                    Socket near = listener.accept();
                    Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
                    sockets.addAll(List.of(near, far));
                    thread(() -> pass(near, far));
                    thread(() -> pass(far, near));
                }
            });
        }

        int port() {
            return listener.getLocalPort();
        }

        void freeze() {
            frozen = true;
        }

        @Override
        public void close() throws IOException {
            listener.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        }

        private void pass(Socket from, Socket to) throws IOException {
            InputStream in = from.getInputStream();
            byte[] buffer = new byte[8192];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (!frozen) {
                    to.getOutputStream().write(buffer, 0, n);
                }
            }
        }

        private interface Work {
            void run() throws IOException;
        }

        private static void thread(Work work) {
            Thread thread = new Thread(() -> {
                try {
                    work.run();
                } catch (IOException e) {
                    // The test is over.
                }
            });
            thread.setDaemon(true);
            thread.start();
        }
    }
}
