package dev.weir.grok;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Blob;
import dev.weir.mutation.Mutations;
import dev.weir.mutation.Rounds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whatever a server sends: every call ends once and in time, and the next good answer is understood. */
final class HttpGrokClientMutationTest {
    private static final int AT_ONCE = 20;
    private static final byte[] BOMB =
            zipped("{\"choices\":[{\"message\":{\"content\":\"" + " ".repeat(3_000_000) + "\"}}]}");

    @RegisterExtension
    private final ClientBench bench = new ClientBench();

    @Test
    void shouldEndEveryCallOnceWhateverTheServerSends() {
        Rounds.play(getClass(), 5, (mutations, inputs) -> {
            List<Deed> deeds = new ArrayList<>();
            for (int i = 0; i < inputs; i++) {
                deeds.add(deed(mutations));
            }
            try (ScriptedServer server = new ScriptedServer((request, socket) ->
                            deeds.get(Integer.parseInt(id(request))).play(socket));
                    HttpGrokClient client = bench.client(server.uri(), Duration.ofMillis(500), 20_000)) {
                List<RecordingObserver> observers = new ArrayList<>();
                for (int i = 0; i < inputs; i++) {
                    RecordingObserver observer = new RecordingObserver();
                    observers.add(observer);
                    client.call(new GrokCall("" + i, "grok-4.6", null, Blob.utf8("{}")), observer);
                    if (observers.size() % AT_ONCE == 0) {
                        observer.outcome();
                    }
                }
                check(
                        observers,
                        server.received().stream()
                                .map(HttpGrokClientMutationTest::id)
                                .toList());
                deeds.set(
                        0,
                        socket ->
                                ScriptedServer.send(socket, ScriptedServer.response("200 OK", "", ClientBench.ANSWER)));
                assertThat(good(client)).isEqualTo("Vier.");
            }
        });
    }

    /** A connection that the last bad answer left broken may take one call with it. */
    private static String good(HttpGrokClient client) throws Exception {
        GrokOutcome outcome = null;
        for (int i = 0; i < AT_ONCE && !(outcome instanceof GrokOutcome.Answered); i++) {
            RecordingObserver observer = new RecordingObserver();
            client.call(new GrokCall("0", "grok-4.6", null, Blob.utf8("{}")), observer);
            outcome = observer.outcome();
        }
        return outcome instanceof GrokOutcome.Answered answered ? answered.content() : String.valueOf(outcome);
    }

    private static void check(List<RecordingObserver> observers, List<String> arrived) throws Exception {
        for (int i = 0; i < observers.size(); i++) {
            RecordingObserver observer = observers.get(i);
            GrokOutcome outcome = observer.outcome();
            assertThat(observer.events()).as("call " + i).isIn(List.of("finished"), List.of("sent", "finished"));
            if (outcome instanceof GrokOutcome.Stopped stopped) {
                assertThat(stopped.error().message()).isNotBlank();
                assertThat(stopped.error().nothingSent() && arrived.contains("" + i))
                        .as("denied but arrived: call " + i)
                        .isFalse();
            } else {
                assertThat(((GrokOutcome.Answered) outcome).response().size()).isLessThanOrEqualTo(20_000);
            }
        }
    }

    private interface Deed {
        void play(Socket socket) throws Exception;
    }

    private Deed deed(Mutations mutations) {
        int kind = mutations.random().nextInt(100);
        if (kind < 50) {
            byte[] raw = mutations.bytes(response(mutations));
            return socket -> {
                write(socket, raw);
                // What was changed may have no end: the connection's is one.
                socket.close();
            };
        } else if (kind < 60) {
            byte[] body = mutations.bytes(zipped(ClientBench.ANSWER));
            return socket -> zip(socket, body);
        } else if (kind < 65) {
            return socket -> zip(socket, BOMB);
        } else if (kind < 70) {
            return HttpGrokClientMutationTest::endless;
        } else if (kind < 72) {
            return this::drip;
        } else if (kind < 80) {
            String flood = "x-flood-%d: %s\r\n"
                    .formatted(1, "y".repeat(mutations.random().nextInt(90_000)));
            return socket -> ScriptedServer.send(socket, ScriptedServer.response("200 OK", flood, ClientBench.ANSWER));
        } else if (kind < 85) {
            String flood = "set-cookie: a=b\r\n".repeat(mutations.random().nextInt(8_000));
            return socket -> ScriptedServer.send(socket, ScriptedServer.response("200 OK", flood, ClientBench.ANSWER));
        } else if (kind < 90) {
            String hints = "HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n"
                    .repeat(mutations.random().nextInt(50));
            return socket ->
                    ScriptedServer.send(socket, hints + ScriptedServer.response("200 OK", "", ClientBench.ANSWER));
        }
        byte[] valid = response(mutations);
        return socket -> write(socket, valid);
    }

    /** A whole response of any status, type and length. */
    private static byte[] response(Mutations mutations) {
        String status = mutations.one(List.of(
                "200 OK",
                "200",
                "204 No Content",
                "304 Not Modified",
                "307 Moved",
                "400 Bad",
                "429 Slow",
                "503 Busy",
                "999 Odd",
                "000 Zero",
                "101 Switching Protocols"));
        String type = mutations.one(
                List.of("application/json", "text/html; charset=utf-16", "text/event-stream", "\u0000", "image/png"));
        String extra = mutations.one(List.of(
                "",
                "connection: close\r\n",
                "retry-after: -9\r\n",
                "content-encoding: br\r\n",
                "content-encoding: deflate\r\n",
                "transfer-encoding: chunked\r\n",
                "content-length: -1\r\n",
                "content-length: 5\r\ncontent-length: 7\r\n",
                "upgrade: h2c\r\n",
                "trailer: x\r\n"));
        String body = mutations.chance(70)
                ? ClientBench.ANSWER
                : mutations.token()
                        + new String(mutations.noise(mutations.random().nextInt(99)), ISO_8859_1);
        String head = "HTTP/1.1 " + status + "\r\ncontent-type: " + type + "\r\ncontent-length: "
                + body.getBytes(UTF_8).length + "\r\n" + extra + "\r\n";
        return (head + body).getBytes(UTF_8);
    }

    private static void zip(Socket socket, byte[] body) throws IOException {
        ScriptedServer.send(
                socket, "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: " + body.length + "\r\n\r\n");
        write(socket, body);
    }

    private static void endless(Socket socket) throws IOException {
        ScriptedServer.send(socket, "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
        while (true) {
            ScriptedServer.send(socket, "200\r\n" + " ".repeat(0x200) + "\r\n");
        }
    }

    private void drip(Socket socket) throws Exception {
        ScriptedServer.send(socket, "HTTP/1.1 200 OK\r\ncontent-length: 4000\r\n\r\n");
        while (!bench.end().await(20, java.util.concurrent.TimeUnit.MILLISECONDS)) {
            ScriptedServer.send(socket, " ");
        }
    }

    private static void write(Socket socket, byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    private static byte[] zipped(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    private static String id(ScriptedServer.Received request) {
        return Objects.requireNonNull(request.headers().get("x-client-request-id"));
    }
}
