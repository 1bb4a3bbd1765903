package dev.weir.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.SourceCoordinates;
import org.junit.jupiter.api.Test;

final class CallReaderTest {
    @Test
    void shouldReadTheCoordinatesOfASuccessfulCall() {
        assertThat(CallReader.successful(line("my-team.requests-3-17/2", "ok")))
                .hasValue(new SourceCoordinates("my-team.requests", 3, 17));
    }

    @Test
    void shouldPassOverOtherOutcomesForeignCallsAndJunk() {
        assertThat(CallReader.successful(line("grok.requests-3-17/2", "rate_limited")))
                .isEmpty();
        assertThat(CallReader.successful(line("", "ok"))).isEmpty();
        assertThat(CallReader.successful(line("curl", "ok"))).isEmpty();
        assertThat(CallReader.successful("{")).isEmpty();
        assertThat(CallReader.successful("")).isEmpty();
    }

    private static String line(String clientRequestId, String outcome) {
        return "{\"seq\":0,\"client_request_id\":\"" + clientRequestId + "\",\"status\":200,\"outcome\":\"" + outcome
                + "\"}";
    }
}
