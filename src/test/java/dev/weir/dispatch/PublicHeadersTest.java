package dev.weir.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.AsyncApi;
import dev.weir.event.Blob;
import dev.weir.event.ErrorInfo;
import dev.weir.event.EventHeader;
import dev.weir.event.GrokRequest;
import dev.weir.event.Priority;
import dev.weir.event.Reason;
import dev.weir.event.RequestReading.Rejected;
import dev.weir.event.SourceCoordinates;
import dev.weir.event.StopClass;
import dev.weir.retry.RetryPolicy;
import dev.weir.retry.Tier;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The headers that dispatch writes on public topics, against the AsyncAPI document. */
final class PublicHeadersTest {
    private static final SourceCoordinates SOURCE = new SourceCoordinates("grok.requests", 0, 1);
    private static final EventHeader OWN = EventHeader.text("own", "kept");

    private final AsyncApi api = AsyncApi.read();

    @Test
    void shouldListTheHeadersOfARetry() {
        GrokRequest request =
                new GrokRequest("a", Priority.NORMAL, null, null, null, Map.of(), "m", null, Blob.utf8("{}"), 0, null);
        Lifecycle lifecycle = new Lifecycle(new RetryPolicy(Bench.SETTINGS.retry()), Bench.SETTINGS.lifecycle());
        Entry entry = ((Move.Ask) lifecycle.accept(request, true, 0)).next();
        ErrorInfo error = new ErrorInfo(StopClass.TRANSIENT, Reason.SERVER_ERROR, "m", 500, null);
        Move.Retry retry = new Move.Retry(entry, Tier.parse("1s"), 1_000, error);

        Set<String> names = names(RetryTicket.attach(new Payload(null, Blob.utf8("{}"), List.of(OWN)), retry, SOURCE));

        assertThat(names).isEqualTo(api.headers("retryHeaders")).isEqualTo(api.requiredHeaders("retryHeaders"));
    }

    @Test
    void shouldListTheHeadersOfAResponse() {
        Rejected rejected = new Rejected("a", Reason.OVERSIZE, "m", Priority.NORMAL, null, null, Map.of());

        Set<String> names = names(Outputs.responseHeaders(List.of(OWN), Responses.of(rejected, SOURCE, 0)));

        assertThat(names).isEqualTo(api.headers("responseHeaders")).isEqualTo(api.requiredHeaders("responseHeaders"));
    }

    private static Set<String> names(List<EventHeader> headers) {
        Set<String> names = headers.stream().map(EventHeader::name).collect(Collectors.toCollection(TreeSet::new));
        assertThat(names.remove(OWN.name()))
                .as("the request's own header is there")
                .isTrue();
        return names;
    }
}
