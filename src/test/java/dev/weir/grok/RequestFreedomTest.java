package dev.weir.grok;

import static dev.weir.grok.ScriptedServer.response;
import static dev.weir.grok.ScriptedServer.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Blob;
import dev.weir.event.EventHeader;
import dev.weir.event.GrokRequest;
import dev.weir.event.RequestReader;
import dev.weir.event.RequestReading;
import dev.weir.event.SourceCoordinates;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request may not choose: the host, the path, the headers, the key. */
final class RequestFreedomTest {
    private static final SourceCoordinates SOURCE = new SourceCoordinates("grok.requests", 0, 7);
    private static final List<EventHeader> HEADERS = List.of(
            EventHeader.text("authorization", "Bearer mine"),
            EventHeader.text("host", "evil.example"),
            EventHeader.text(":path", "/v1/files"),
            EventHeader.text("x-forwarded-host", "evil.example"),
            EventHeader.text("x-client-request-id", "mine"),
            EventHeader.text("weir-conversation", "c"));

    @RegisterExtension
    private final ClientBench bench = new ClientBench();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'model':'grok-4.6','messages':[{}],'url':'https://evil.example/x','base_url':'https://evil.example'}",
                "{'model':'../../files?x=#','messages':[{}],'extra_headers':{'authorization':'Bearer mine'}}",
                "{'body':{'model':'a/../b','messages':[{}]},'url':'https://evil.example/v1/chat/completions'}",
                "{'body':{'model':'m','messages':[{}]},'url':'//evil.example/v1/files/../chat/completions'}",
                "{'body':{'model':'m','messages':[{}]},'headers':{'host':'evil.example'},'method':'POST'}",
            })
    void shouldSendEveryRequestTheSameWay(String json) throws Exception {
        ScriptedServer server =
                bench.server((request, socket) -> send(socket, response("200 OK", "", ClientBench.ANSWER)));
        RecordingObserver observer = new RecordingObserver();
        RequestReading reading = read(json);
        assertThat(reading).isInstanceOf(RequestReading.Accepted.class);
        GrokRequest request = ((RequestReading.Accepted) reading).request();

        bench.client(server)
                .call(
                        new GrokCall("grok.requests-0-7/1", request.model(), request.conversation(), request.body()),
                        observer);
        observer.answered();

        ScriptedServer.Received received = server.received().get(0);
        assertThat(received.line()).isEqualTo("POST /v1/chat/completions HTTP/1.1");
        assertThat(received.headers().keySet())
                .containsExactlyInAnyOrder(
                        "host",
                        "accept",
                        "accept-encoding",
                        "authorization",
                        "content-length",
                        "content-type",
                        "user-agent",
                        "x-client-request-id");
        assertThat(received.headers())
                .containsEntry("authorization", "Bearer xai-test-key")
                .containsEntry("host", server.uri().getAuthority())
                .containsEntry("x-client-request-id", "grok.requests-0-7/1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'body':{'model':'m','messages':[{}]},'url':'/v1/files'}",
                "{'body':{'model':'m','messages':[{}]},'url':'/v1/chat/completions?x'}",
                "{'body':{'model':'m','messages':[{}]},'method':'DELETE'}",
                "{'model':'m\\r\\nhost: evil','messages':[{}]}",
                "{'id':'a\\r\\nb','body':{'model':'m','messages':[{}]}}",
            })
    void shouldRefuseWhatWouldMeanAnotherCall(String json) {
        assertThat(read(json)).isInstanceOf(RequestReading.Rejected.class);
    }

    @Test
    void shouldCallTheHostThatTheOperatorChoseWhereverItSendsUs() throws Exception {
        ScriptedServer elsewhere = bench.server((request, socket) -> {});
        ScriptedServer server = bench.server((request, socket) ->
                send(socket, response("307 Moved", "location: " + elsewhere.uri() + "/v1/chat/completions\r\n", "")));
        RecordingObserver observer = new RecordingObserver();

        bench.client(server).call(ClientBench.CALL, observer);

        assertThat(observer.stopped().error().message()).contains("not followed");
        assertThat(elsewhere.received()).isEmpty();
    }

    private static RequestReading read(String json) {
        return RequestReader.read(Blob.utf8(json.replace('\'', '"')), HEADERS, SOURCE);
    }
}
