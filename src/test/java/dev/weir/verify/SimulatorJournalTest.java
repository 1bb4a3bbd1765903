package dev.weir.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.SourceCoordinates;
import dev.weir.simulator.LatencyModel;
import dev.weir.simulator.SimulatedGrok;
import dev.weir.simulator.SimulatorSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The verifier's reading of the journal, held against a simulator that writes one. */
final class SimulatorJournalTest {
    private static final String KEY = "journal-key";

    @Test
    void shouldRecogniseTheCallsOfARealJournal() throws Exception {
        SimulatorSettings settings =
                SimulatorSettings.defaults().withApiKey(KEY).withLatency(new LatencyModel.Fixed(1));
        try (SimulatedGrok grok = SimulatedGrok.start(settings)) {
            call(grok.baseUrl(), "grok.requests-2-7/1", "grok-4.5");
            call(grok.baseUrl(), "grok.requests-2-8/1", "no-such-model");
            List<SourceCoordinates> calls = new ArrayList<>();
            List<String> lines = new ArrayList<>();
            SimulatorJournal.read(grok.baseUrl(), line -> {
                lines.add(line);
                CallReader.successful(line).ifPresent(calls::add);
            });

            assertThat(lines).hasSize(2);
            assertThat(calls).containsExactly(new SourceCoordinates("grok.requests", 2, 7));
        }
    }

    private static void call(URI base, String id, String model) throws Exception {
        String body = "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
        HttpRequest request = HttpRequest.newBuilder(base.resolve("/v1/chat/completions"))
                .header("Authorization", "Bearer " + KEY)
                .header("Content-Type", "application/json")
                .header("x-client-request-id", id)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> unused = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
