package dev.weir.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.SourceCoordinates;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CallReaderTest {
    @Test
    void shouldReadTheCoordinatesOfASuccessfulCall() {
        assertThat(CallReader.read(line("my-team.requests-3-17/2", "ok")))
                .hasValue(new CallReader.Call(7, Optional.of(new SourceCoordinates("my-team.requests", 3, 17))));
    }

    @Test
    void shouldReadNoCoordinatesOfOtherOutcomesAndForeignCalls() {
        CallReader.Call other = new CallReader.Call(7, Optional.empty());
        assertThat(CallReader.read(line("grok.requests-3-17/2", "rate_limited")))
                .hasValue(other);
        assertThat(CallReader.read(line("", "ok"))).hasValue(other);
        assertThat(CallReader.read(line("curl", "ok"))).hasValue(other);
    }

    @Test
    void shouldPassOverJunk() {
        assertThat(CallReader.read("{")).isEmpty();
        assertThat(CallReader.read("")).isEmpty();
        assertThat(CallReader.read("{}")).isEmpty();
    }

    private static String line(String clientRequestId, String outcome) {
        return "{\"seq\":7,\"client_request_id\":\"" + clientRequestId + "\",\"status\":200,\"outcome\":\"" + outcome
                + "\"}";
    }
}
