package dev.weir.grok;

import static dev.weir.grok.ScriptedServer.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Blob;
import dev.weir.event.Reason;
import dev.weir.event.StopClass;
import java.io.ByteArrayOutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Servers and clients of a test, closed when it ends. */
final class ClientBench implements AfterEachCallback {
    static final String ANSWER = Fixtures.body("answer.json").text();
    static final GrokCall CALL =
            new GrokCall("in-0-17/2", "grok-4.6", "talk", Blob.utf8("{\"model\":\"grok-4.6\",\"stream\":true}"));

    private final List<AutoCloseable> resources = new ArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        end.countDown();
        for (AutoCloseable resource : resources) {
            resource.close();
        }
    }

    /** Opened when the test is over, for scripts that wait. */
    CountDownLatch end() {
        return end;
    }

    <T extends AutoCloseable> T closeAtEnd(T resource) {
        resources.add(resource);
        return resource;
    }

    ScriptedServer server(ScriptedServer.Script script) {
        return closeAtEnd(new ScriptedServer(script));
    }

    HttpGrokClient client(ScriptedServer server) {
        return client(server.uri(), Duration.ofSeconds(10), 4096);
    }

    HttpGrokClient client(URI base, Duration timeout, long maxBytes) {
        return closeAtEnd(new HttpGrokClient(
                settings(base, timeout, maxBytes), ApiKeySource.fixed("xai-test-key"), InstantSource.system()));
    }

    static GrokSettings settings(URI base, Duration timeout, long maxBytes) {
        return new GrokSettings(base, timeout, Duration.ofSeconds(5), maxBytes);
    }

    static void assertStopped(RecordingObserver observer, StopClass stopClass, Reason reason, boolean nothingSent)
            throws Exception {
        GrokError error = observer.stopped().error();
        assertThat(error)
                .as(error.message())
                .extracting(GrokError::stopClass, GrokError::reason, GrokError::nothingSent)
                .containsExactly(stopClass, reason, nothingSent);
    }

    static void sendZipped(Socket socket, String body) throws Exception {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(body.getBytes(StandardCharsets.UTF_8));
        }
        send(socket, "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: " + zipped.size() + "\r\n\r\n");
        socket.getOutputStream().write(zipped.toByteArray());
    }
}
