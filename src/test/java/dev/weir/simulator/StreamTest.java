package dev.weir.simulator;

import static dev.weir.simulator.Caller.ask;
import static dev.weir.simulator.Caller.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamTest {
    private static final SimulatorSettings SETTINGS =
            SimulatorSettings.defaults().withLatency(new LatencyModel.Fixed(30));

    private static SimulatedGrok grok;
    private static Caller caller;

    @BeforeAll
    static void start() {
        grok = SimulatedGrok.start(SETTINGS);
        caller = new Caller(grok);
    }

    @AfterAll
    static void close() {
        grok.close();
    }

    @BeforeEach
    void clean() {
        grok.faults(FaultPlan.none());
        grok.limits(SETTINGS.limits());
        grok.reset();
    }

    @Test
    void shouldStreamTheSameAnswerInChunks() throws Exception {
        JsonNode whole = json(caller.chat(ask("grok-4.7", "Hi", "")));

        HttpResponse<String> response = caller.chat(ask("grok-4.7", "Hi", "\"stream\":true"));
        List<JsonNode> chunks = chunks(response);

        assertThat(response.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
        assertThat(response.headers().map()).containsKeys("x-ratelimit-remaining-requests", "x-request-id");
        assertThat(response.body()).endsWith("data: [DONE]\n\n");
        assertThat(chunks).allSatisfy(chunk -> {
            assertThat(chunk.path("object").asText()).isEqualTo("chat.completion.chunk");
            assertThat(chunk.path("id")).isEqualTo(chunks.get(0).path("id"));
        });
        int last = chunks.size() - 1;
        assertThat(chunks.get(0).at("/choices/0/delta/role").asText()).isEqualTo("assistant");
        assertThat(chunks.get(last - 1).at("/choices/0/finish_reason").asText()).isEqualTo("stop");
        assertThat(chunks.get(last - 1).at("/choices/0/delta")).isEmpty();
        assertThat(chunks.get(last).path("choices")).isEmpty();
        assertThat(chunks.get(last).at("/usage/prompt_tokens")).isEqualTo(whole.at("/usage/prompt_tokens"));
        assertThat(chunks.get(last).at("/usage/cost_in_usd_ticks").asLong()).isPositive();
        assertThat(content(chunks)).startsWith("Simulated grok-4.7 on \"Hi\": ");
        assertThat(grok.journal().totals().ok()).isEqualTo(2);
    }

    @Test
    void shouldSendAToolCallWholeInOneChunk() throws Exception {
        String fields = """
                "stream":true,"tool_choice":"required",
                "tools":[{"type":"function","function":{"name":"look","parameters":{"type":"object"}}}]""";

        List<JsonNode> chunks = chunks(caller.chat(ask("grok-4.7", "Hi", fields)));

        assertThat(chunks).hasSize(4);
        assertThat(chunks.get(1)
                        .at("/choices/0/delta/tool_calls/0/function/name")
                        .asText())
                .isEqualTo("look");
        assertThat(chunks.get(2).at("/choices/0/finish_reason").asText()).isEqualTo("tool_calls");
    }

    @Test
    void shouldStreamNoContentWhenTheAnswerIsEmpty() throws Exception {
        grok.faults(FaultPlan.script(Fault.EMPTY_CONTENT));

        assertThat(content(chunks(caller.chat(ask("grok-4.7", "Hi", "\"stream\":true")))))
                .isEmpty();
    }

    private static List<JsonNode> chunks(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(200);
        return Arrays.stream(response.body().split("\n\n"))
                .map(event -> event.substring("data: ".length()))
                .filter(data -> !data.equals("[DONE]"))
                .map(Caller::json)
                .toList();
    }

    private static String content(List<JsonNode> chunks) {
        StringBuilder content = new StringBuilder();
        chunks.forEach(
                chunk -> content.append(chunk.at("/choices/0/delta/content").asText("")));
        return content.toString();
    }
}
