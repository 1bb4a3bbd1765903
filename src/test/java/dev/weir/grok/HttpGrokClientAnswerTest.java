package dev.weir.grok;

import static dev.weir.grok.ScriptedServer.response;
import static dev.weir.grok.ScriptedServer.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Blob;
import dev.weir.event.Reason;
import dev.weir.event.StopClass;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class HttpGrokClientAnswerTest {
    @RegisterExtension
    private final ClientBench bench = new ClientBench();

    private final RecordingObserver observer = new RecordingObserver();

    @Test
    void shouldDeliverTheAnswerVerbatim() throws Exception {
        ScriptedServer server = bench.server((request, socket) ->
                send(socket, response("200 OK", "x-ratelimit-remaining-requests: 41\r\n", ClientBench.ANSWER)));

        bench.client(server).call(ClientBench.CALL, observer);

        assertThat(observer.answered().response().text()).isEqualTo(ClientBench.ANSWER);
        assertThat(observer.answered().model()).isEqualTo("grok-4.6-0810");
        assertThat(observer.answered().rateLimits().remainingRequests()).isEqualTo(41);
        assertThat(observer.events()).containsExactly("sent", "finished");
    }

    @Test
    void shouldSendTheRequestAsGrokExpectsIt() throws Exception {
        ScriptedServer server =
                bench.server((request, socket) -> send(socket, response("200 OK", "", ClientBench.ANSWER)));

        bench.client(server).call(ClientBench.CALL, observer);
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
    void shouldUseTheKeyOfTheMoment() throws Exception {
        ScriptedServer server =
                bench.server((request, socket) -> send(socket, response("200 OK", "", ClientBench.ANSWER)));
        Iterator<String> keys = List.of("one", "one", "two").iterator();
        HttpGrokClient client = bench.closeAtEnd(new HttpGrokClient(
                ClientBench.settings(server.uri(), Duration.ofSeconds(10), 4096), keys::next, InstantSource.system()));

        for (String id : List.of("a", "b", "c")) {
            RecordingObserver each = new RecordingObserver();
            client.call(new GrokCall(id, "grok-4.6", null, Blob.utf8("{}")), each);
            each.answered();
        }

        assertThat(server.received())
                .extracting(request -> request.headers().get("x-client-request-id")
                        + " "
                        + request.headers().get("authorization"))
                .containsExactly("a Bearer one", "b Bearer one", "c Bearer two");
    }

    @Test
    void shouldReadACompressedAnswer() throws Exception {
        ScriptedServer server = bench.server((request, socket) -> ClientBench.sendZipped(socket, ClientBench.ANSWER));

        bench.client(server).call(ClientBench.CALL, observer);

        assertThat(observer.answered().response().text()).isEqualTo(ClientBench.ANSWER);
        assertThat(server.received().get(0).headers().get("accept-encoding")).contains("gzip");
    }

    @Test
    void shouldPassOnWhatA429Says() throws Exception {
        String body = Fixtures.body("rate-requests.json").text();
        ScriptedServer server = bench.server(
                (request, socket) -> send(socket, response("429 Too Many Requests", "Retry-After: 9\r\n", body)));

        bench.client(server).call(ClientBench.CALL, observer);

        ClientBench.assertStopped(observer, StopClass.THROTTLED, Reason.RATE_LIMITED, false);
        assertThat(observer.stopped().retryAfter()).contains(Duration.ofSeconds(9));
        assertThat(server.received()).hasSize(1);
    }

    @Test
    void shouldNotFollowARedirect() throws Exception {
        ScriptedServer server = bench.server((request, socket) ->
                send(socket, response("307 Temporary Redirect", "location: http://127.0.0.1:1/elsewhere\r\n", "")));

        bench.client(server).call(ClientBench.CALL, observer);

        ClientBench.assertStopped(observer, StopClass.TRANSIENT, Reason.UNREADABLE_ANSWER, false);
        assertThat(server.received()).hasSize(1);
    }

    @Test
    void shouldLetA429DecideThoughItsBodyWasCut() throws Exception {
        ScriptedServer server = bench.server((request, socket) -> {
            send(socket, "HTTP/1.1 429 Slow\r\nretry-after: 4\r\ncontent-length: 1000\r\n\r\n{\"code\":");
            socket.close();
        });

        bench.client(server).call(ClientBench.CALL, observer);

        ClientBench.assertStopped(observer, StopClass.THROTTLED, Reason.RATE_LIMITED, false);
        assertThat(observer.stopped().retryAfter()).contains(Duration.ofSeconds(4));
    }

    @Test
    void shouldReportAnAnswerThatWasCutWithoutALength() throws Exception {
        ScriptedServer server = bench.server((request, socket) -> {
            send(socket, "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n" + ClientBench.ANSWER.substring(0, 90));
            socket.close();
        });

        bench.client(server).call(ClientBench.CALL, observer);

        ClientBench.assertStopped(observer, StopClass.TRANSIENT, Reason.UNREADABLE_ANSWER, false);
    }
}
