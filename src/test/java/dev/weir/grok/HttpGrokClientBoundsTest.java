package dev.weir.grok;

import static dev.weir.grok.ScriptedServer.response;
import static dev.weir.grok.ScriptedServer.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Blob;
import dev.weir.event.Reason;
import dev.weir.event.StopClass;
import dev.weir.event.Usage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class HttpGrokClientBoundsTest {
    @RegisterExtension
    private final ClientBench bench = new ClientBench();

    private final RecordingObserver observer = new RecordingObserver();

    @Test
    void shouldGiveUpOnAServerThatStalls() throws Exception {
        ScriptedServer server = bench.server((request, socket) -> bench.end().await());

        bench.client(server.uri(), Duration.ofMillis(300), 4096).call(ClientBench.CALL, observer);

        ClientBench.assertStopped(observer, StopClass.TRANSIENT, Reason.TIMEOUT, false);
        assertThat(observer.events()).containsExactly("sent", "finished");
    }

    @Test
    void shouldEndACallAfterItsOwnShorterTimeout() throws Exception {
        ScriptedServer server = bench.server((request, socket) -> bench.end().await());
        GrokCall hurried = new GrokCall("in-0-1/1", "grok-4.6", null, Blob.utf8("{}"), Duration.ofMillis(200));

        bench.client(server.uri(), Duration.ofSeconds(60), 4096).call(hurried, observer);

        ClientBench.assertStopped(observer, StopClass.TRANSIENT, Reason.TIMEOUT, false);
    }

    @Test
    void shouldNotGrantACallMoreThanTheClientsTimeout() throws Exception {
        ScriptedServer server = bench.server((request, socket) -> bench.end().await());
        GrokCall patient = new GrokCall("in-0-1/1", "grok-4.6", null, Blob.utf8("{}"), Duration.ofMinutes(5));

        bench.client(server.uri(), Duration.ofMillis(300), 4096).call(patient, observer);

        ClientBench.assertStopped(observer, StopClass.TRANSIENT, Reason.TIMEOUT, false);
    }

    @Test
    void shouldGiveUpOnAServerThatDripsForEver() throws Exception {
        ScriptedServer server = bench.server((request, socket) -> {
            send(socket, "HTTP/1.1 200 OK\r\ncontent-length: 4000\r\n\r\n");
            while (!bench.end().await(20, TimeUnit.MILLISECONDS)) {
                send(socket, " ");
            }
        });

        bench.client(server.uri(), Duration.ofMillis(400), 4096).call(ClientBench.CALL, observer);

        ClientBench.assertStopped(observer, StopClass.TRANSIENT, Reason.TIMEOUT, false);
    }

    @Test
    void shouldNotTakeALongThoughtForAnIdleConnection() throws Exception {
        ScriptedServer server = bench.server((request, socket) -> {
            bench.end().await(2_500, TimeUnit.MILLISECONDS);
            send(socket, response("200 OK", "", ClientBench.ANSWER));
        });
        GrokSettings settings = ClientBench.settings(server.uri(), Duration.ofSeconds(20), 4096);
        HttpGrokClient client = bench.closeAtEnd(new HttpGrokClient(
                settings,
                ApiKeySource.fixed("xai-test-key"),
                InstantSource.system(),
                HttpGrokClient.transport(settings).idleTimeoutMillis(1_000)));

        client.call(ClientBench.CALL, observer);

        assertThat(observer.answered().content()).isEqualTo("Vier.");
    }

    @Test
    void shouldStopReadingAnAnswerThatIsTooLarge() throws Exception {
        ScriptedServer server = bench.server((request, socket) -> {
            send(socket, "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
            while (true) {
                send(socket, "200\r\n" + " ".repeat(0x200) + "\r\n");
            }
        });

        bench.client(server).call(ClientBench.CALL, observer);

        ClientBench.assertStopped(observer, StopClass.FATAL, Reason.RESPONSE_TOO_LARGE, false);
    }

    @Test
    void shouldTellTheUsageOfAnAnswerThatIsTooLarge() throws Exception {
        String body = "{\"choices\":[{\"message\":{\"content\":\"" + "x".repeat(9_000) + "\\\"usage\\\": {}"
                + "\"}}],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4,\"total_tokens\":7},\"service_tier\":\"x\"}";
        ScriptedServer server = bench.server((request, socket) -> send(socket, response("200 OK", "", body)));

        bench.client(server).call(ClientBench.CALL, observer);

        ClientBench.assertStopped(observer, StopClass.FATAL, Reason.RESPONSE_TOO_LARGE, false);
        assertThat(observer.stopped().usage()).isEqualTo(new Usage(3, 0, 4, 0, 7, null));
    }

    @Test
    void shouldBoundWhatIsDecompressed() throws Exception {
        ScriptedServer server =
                bench.server((request, socket) -> ClientBench.sendZipped(socket, " ".repeat(1_000_000)));

        bench.client(server).call(ClientBench.CALL, observer);

        ClientBench.assertStopped(observer, StopClass.FATAL, Reason.RESPONSE_TOO_LARGE, false);
    }

    @Test
    void shouldUseConnectionsAgain() throws Exception {
        ScriptedServer server = bench.server((request, socket) -> {
            bench.end().await(10, TimeUnit.MILLISECONDS);
            send(socket, response("200 OK", "", ClientBench.ANSWER));
        });
        HttpGrokClient client = bench.client(server.uri(), Duration.ofSeconds(20), 4096);
        List<RecordingObserver> observers = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            int next = i + 3;
            observers.add(new RecordingObserver(() -> call(client, next, observers)));
        }

        for (int i = 0; i < 3; i++) {
            call(client, i, observers);
        }

        for (RecordingObserver each : observers) {
            each.answered();
            assertThat(each.events()).containsExactly("sent", "finished");
        }
        assertThat(server.connections()).as("as many for each event loop").isBetween(3, 6);
    }

    /** Each call at the end of another one, as slots are filled again. */
    private static void call(HttpGrokClient client, int number, List<RecordingObserver> observers) {
        if (number < observers.size()) {
            client.call(ClientBench.CALL, observers.get(number));
        }
    }

    @Test
    void shouldNeverSendACallThatTimedOutWhileItConnected() throws Exception {
        ServerSocket listener = bench.closeAtEnd(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        List<Socket> filling = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            filling.add(bench.closeAtEnd(new Socket(listener.getInetAddress(), listener.getLocalPort())));
        }
        URI uri = URI.create("http://127.0.0.1:" + listener.getLocalPort());
        bench.client(uri, Duration.ofMillis(300), 4096).call(ClientBench.CALL, observer);
        ClientBench.assertStopped(observer, StopClass.TRANSIENT, Reason.TIMEOUT, true);
        for (Socket socket : filling) {
            listener.accept().close();
            socket.close();
        }

        // The connection may still come about, since the kernel tries again; the request may not.
        listener.setSoTimeout(4_000);
        try (Socket late = listener.accept()) {
            late.setSoTimeout(1_000);
            assertThat(read(late)).isNotPositive();
        } catch (SocketTimeoutException e) {
            assertThat(observer.events()).containsExactly("finished");
        }
    }

    private static int read(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read();
        } catch (SocketTimeoutException e) {
            return 0;
        }
    }
}
