package dev.weir.grok;

import static dev.weir.grok.ScriptedServer.response;
import static dev.weir.grok.ScriptedServer.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.event.Reason;
import dev.weir.event.StopClass;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class HttpGrokClientFailureTest {
    @RegisterExtension
    private final ClientBench bench = new ClientBench();

    private final RecordingObserver observer = new RecordingObserver();

    @Test
    void shouldReportAResetBeforeTheAnswer() throws Exception {
        ScriptedServer server = bench.server((request, socket) -> ScriptedServer.reset(socket));

        bench.client(server).call(ClientBench.CALL, observer);

        ClientBench.assertStopped(observer, StopClass.TRANSIENT, Reason.CONNECTION_LOST, false);
        assertThat(observer.events()).containsExactly("sent", "finished");
        assertThat(server.received()).hasSize(1);
    }

    @Test
    void shouldReportAResetWithinTheAnswer() throws Exception {
        ScriptedServer server = bench.server((request, socket) -> {
            send(socket, "HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n{\"choices\":[");
            ScriptedServer.reset(socket);
        });

        bench.client(server).call(ClientBench.CALL, observer);

        ClientBench.assertStopped(observer, StopClass.TRANSIENT, Reason.CONNECTION_LOST, false);
    }

    @Test
    void shouldReportAnOrderlyCloseWithinTheAnswer() throws Exception {
        ScriptedServer server = bench.server((request, socket) -> {
            send(socket, "HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n" + ClientBench.ANSWER.substring(0, 90));
            socket.close();
        });

        bench.client(server).call(ClientBench.CALL, observer);

        ClientBench.assertStopped(observer, StopClass.TRANSIENT, Reason.CONNECTION_LOST, false);
        assertThat(observer.stopped().error().httpStatus()).isEqualTo(200);
    }

    @Test
    void shouldReportWhatIsNotHttp() throws Exception {
        ScriptedServer server = bench.server((request, socket) -> send(socket, "SSH-2.0-OpenSSH_9.6\r\n\r\n"));

        bench.client(server).call(ClientBench.CALL, observer);

        assertThat(observer.stopped().error().stopClass()).isEqualTo(StopClass.TRANSIENT);
        assertThat(observer.stopped().error().nothingSent()).isFalse();
    }

    @Test
    void shouldKnowThatNothingWasSentWhenNobodyListens() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }

        bench.client(URI.create("http://127.0.0.1:" + port), Duration.ofSeconds(10), 4096)
                .call(ClientBench.CALL, observer);

        ClientBench.assertStopped(observer, StopClass.TRANSIENT, Reason.CONNECT_FAILED, true);
        assertThat(observer.events()).containsExactly("finished");
    }

    @Test
    void shouldKnowThatNothingWasSentWhenTheHostIsUnknown() throws Exception {
        bench.client(URI.create("http://no-such-host.invalid"), Duration.ofSeconds(10), 4096)
                .call(ClientBench.CALL, observer);

        ClientBench.assertStopped(observer, StopClass.TRANSIENT, Reason.CONNECT_FAILED, true);
    }

    @Test
    void shouldKnowThatNothingWasSentWhenTlsFails() throws Exception {
        ServerSocket plain = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        bench.closeAtEnd(plain);
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

        bench.client(URI.create("https://127.0.0.1:" + plain.getLocalPort()), Duration.ofSeconds(10), 4096)
                .call(ClientBench.CALL, observer);

        ClientBench.assertStopped(observer, StopClass.TRANSIENT, Reason.CONNECT_FAILED, true);
    }

    @Test
    void shouldReportAKeySourceThatFails() throws Exception {
        ScriptedServer server =
                bench.server((request, socket) -> send(socket, response("200 OK", "", ClientBench.ANSWER)));
        GrokSettings settings = new GrokSettings(server.uri(), Duration.ofSeconds(10), Duration.ofSeconds(5), 4096);
        HttpGrokClient broken = new HttpGrokClient(
                settings,
                () -> {
                    throw new IllegalStateException("no key today");
                },
                InstantSource.system());
        bench.closeAtEnd(broken);

        broken.call(ClientBench.CALL, observer);

        ClientBench.assertStopped(observer, StopClass.TRANSIENT, Reason.CONNECT_FAILED, true);
        assertThat(observer.stopped().error().message()).contains("no key today");
    }

    @Test
    void shouldEndRunningCallsWhenClosed() throws Exception {
        ScriptedServer server = bench.server((request, socket) -> bench.end().await());
        HttpGrokClient client = bench.client(server);
        client.call(ClientBench.CALL, observer);
        await().atMost(Duration.ofSeconds(10)).until(() -> !server.received().isEmpty());

        client.close();

        assertThat(observer.isFinished()).isTrue();
        ClientBench.assertStopped(observer, StopClass.TRANSIENT, Reason.CONNECTION_LOST, false);
        RecordingObserver late = new RecordingObserver();
        client.call(ClientBench.CALL, late);
        assertThat(late.stopped().error().nothingSent()).isTrue();
        assertThat(late.events()).containsExactly("finished");
    }
}
