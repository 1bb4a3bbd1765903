package dev.weir.grok;

import static dev.weir.grok.ScriptedServer.response;
import static dev.weir.grok.ScriptedServer.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Blob;
import java.net.Socket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What holds however the server behaves. */
final class HttpGrokClientLawTest {
    private static final int CALLS = 400;
    private static final int AT_ONCE = 20;

    @RegisterExtension
    private final ClientBench bench = new ClientBench();

    @Test
    void shouldTellEachCallsEndOnceAndNeverDenyARequestThatArrived() throws Exception {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        int[] deeds = random.ints(CALLS, 0, 8).toArray();
        ScriptedServer server = bench.server((request, socket) -> play(deeds[Integer.parseInt(id(request))], socket));
        HttpGrokClient client = bench.client(server.uri(), Duration.ofMillis(1_000), 4096);
        Map<String, RecordingObserver> observers = new LinkedHashMap<>();
        for (int i = 0; i < CALLS; i++) {
            int next = i + AT_ONCE;
            observers.put(String.valueOf(i), new RecordingObserver(() -> call(client, next, observers)));
        }

        for (int i = 0; i < AT_ONCE; i++) {
            call(client, i, observers);
        }

        for (RecordingObserver observer : observers.values()) {
            observer.outcome();
        }
        List<String> arrived =
                server.received().stream().map(HttpGrokClientLawTest::id).toList();
        for (Map.Entry<String, RecordingObserver> each : observers.entrySet()) {
            String context = "seed " + seed + " call " + each.getKey();
            GrokOutcome outcome = each.getValue().outcome();
            assertThat(each.getValue().events()).as(context).isIn(List.of("finished"), List.of("sent", "finished"));
            boolean denied = outcome instanceof GrokOutcome.Stopped stopped
                    && stopped.error().nothingSent();
            assertThat(denied && arrived.contains(each.getKey())).as(context).isFalse();
            assertThat(denied && each.getValue().events().contains("sent"))
                    .as(context)
                    .isFalse();
        }
        assertThat(server.received().stream().map(HttpGrokClientLawTest::id))
                .as("seed %d: no request twice", seed)
                .doesNotHaveDuplicates();
    }

    /** As slots are filled again: at the end of the call before, over its connection if that is left. */
    private static void call(HttpGrokClient client, int number, Map<String, RecordingObserver> observers) {
        RecordingObserver observer = observers.get(String.valueOf(number));
        if (observer != null) {
            client.call(new GrokCall(String.valueOf(number), "grok-4.6", null, Blob.utf8("{}")), observer);
        }
    }

    private void play(int deed, Socket socket) throws Exception {
        switch (deed) {
            case 0 -> ScriptedServer.reset(socket);
            case 1 -> socket.close();
            case 2 -> {
                send(socket, "HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{");
                ScriptedServer.reset(socket);
            }
            case 3 -> send(socket, response("503 Busy", "connection: close\r\n", "{\"error\":\"busy\"}"));
            case 4 -> {
                send(socket, response("200 OK", "", ClientBench.ANSWER));
                // Kept alive in the answer, closed all the same: the next call may meet a dying connection.
                socket.close();
            }
            case 5 -> send(socket, response("200 OK", "", " ".repeat(5_000)));
            case 6 -> send(socket, "rubbish\r\n\r\n");
            default -> send(socket, response("200 OK", "", ClientBench.ANSWER));
        }
    }

    private static String id(ScriptedServer.Received request) {
        return Objects.requireNonNull(request.headers().get("x-client-request-id"));
    }
}
