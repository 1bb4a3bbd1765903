package dev.weir.simulator;

import static dev.weir.simulator.Caller.ask;
import static dev.weir.simulator.Caller.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CompletionsTest {
    private static final SimulatorSettings SETTINGS =
            SimulatorSettings.defaults().withLatency(new LatencyModel.Fixed(1));

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
    void shouldAnswerWithUsageCostAndQuotaHeaders() throws Exception {
        HttpResponse<String> response = caller.chat(ask("grok-4.20", "How deep is the weir?", ""));

        JsonNode body = json(response);
        JsonNode usage = body.path("usage");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(body.path("model").asText()).isEqualTo("grok-4.20-0309-reasoning");
        assertThat(body.path("object").asText()).isEqualTo("chat.completion");
        assertThat(body.path("service_tier").asText()).isEqualTo("default");
        assertThat(body.at("/choices/0/message/content").asText()).contains("How deep is the weir?");
        assertThat(body.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
        int reasoning = usage.at("/completion_tokens_details/reasoning_tokens").asInt();
        int prompt = usage.path("prompt_tokens").asInt();
        int visible = usage.path("completion_tokens").asInt();
        assertThat(reasoning).isPositive();
        assertThat(usage.path("total_tokens").asInt()).isEqualTo(prompt + visible + reasoning);
        assertThat(usage.path("cost_in_usd_ticks").asLong())
                .isEqualTo(prompt * 12_500L + (visible + reasoning) * 25_000L);
        assertThat(response.headers().firstValueAsLong("x-ratelimit-limit-requests"))
                .hasValue(1_800);
        assertThat(response.headers().firstValueAsLong("x-ratelimit-remaining-requests"))
                .hasValue(1_799);
        assertThat(response.headers().firstValueAsLong("x-ratelimit-limit-tokens"))
                .hasValue(10_000_000);
        assertThat(response.headers().firstValueAsLong("x-ratelimit-remaining-tokens"))
                .hasValue(10_000_000L - prompt - visible - reasoning);
        assertThat(response.headers().firstValue("x-request-id")).isPresent();
        assertThat(response.headers().firstValue("x-metrics-e2e-ms")).isPresent();
    }

    @Test
    void shouldCountCachedTokensInThePromptAtTheirOwnPrice() throws Exception {
        JsonNode usage = json(caller.chat(ask("grok-4.7", "Hi", "\"service_tier\":\"fast\"")))
                .path("usage");

        int prompt = usage.path("prompt_tokens").asInt();
        int output = usage.path("total_tokens").asInt() - prompt;
        assertThat(usage.at("/prompt_tokens_details/cached_tokens").asInt()).isEqualTo(512);
        assertThat(usage.path("cost_in_usd_ticks").asLong())
                .isEqualTo(2 * ((prompt - 512) * 20_000L + 512 * 5_000L + output * 60_000L));
    }

    @Test
    void shouldGiveTheSameAnswerToTheSameRequest() throws Exception {
        JsonNode one = json(caller.chat(ask("grok-4.7", "Twice", "")));
        JsonNode two = json(caller.chat(ask("grok-4.7", "Twice", "")));
        JsonNode other = json(caller.chat(ask("grok-4.7", "Once", "")));

        assertThat(two.path("choices")).isEqualTo(one.path("choices"));
        assertThat(two.path("usage")).isEqualTo(one.path("usage"));
        assertThat(other.path("choices")).isNotEqualTo(one.path("choices"));
    }

    @Test
    void shouldStopAtTheLargestVisibleLengthButNotCapReasoning() throws Exception {
        JsonNode body = json(caller.chat(ask("grok-4.7", "Long", "\"max_completion_tokens\":5,\"n\":2")));

        assertThat(body.path("choices")).hasSize(2);
        assertThat(body.at("/choices/1/index").asInt()).isEqualTo(1);
        assertThat(body.at("/choices/0/finish_reason").asText()).isEqualTo("length");
        assertThat(body.at("/usage/completion_tokens").asInt()).isEqualTo(10);
        assertThat(body.at("/usage/completion_tokens_details/reasoning_tokens").asInt())
                .isGreaterThan(100);
    }

    @Test
    void shouldAnswerInTheShapeOfASchema() throws Exception {
        String schema = """
                "response_format":{"type":"json_schema","json_schema":{"name":"river","schema":{"type":"object",
                "properties":{"name":{"type":"string","minLength":12},"depth":{"type":"number","minimum":3},
                "kind":{"enum":["slow","fast"]},"gates":{"type":"array","minItems":2,"items":{"$ref":"#/$defs/g"}}},
                "$defs":{"g":{"type":["integer","null"],"maximum":0}}}}}""";

        JsonNode body = json(caller.chat(ask("grok-4.3", "Which river?", schema)));

        assertThat(json(body.at("/choices/0/message/content").asText())).isEqualTo(json("""
                        {"name":"simulatedxxx","depth":3.0,"kind":"slow","gates":[0,0]}"""));
    }

    @Test
    void shouldCallAToolWhenItIsRequiredOrMentioned() throws Exception {
        String tools = """
                "tools":[{"type":"function","function":{"name":"open_gate","parameters":{"type":"object",
                "properties":{"gate":{"type":"integer"}}}}}]""";

        JsonNode mentioned = json(caller.chat(ask("grok-4.7", "Please open gate 3", tools)));
        JsonNode required = json(caller.chat(ask("grok-4.7", "Go", tools + ",\"tool_choice\":\"required\"")));
        JsonNode unrelated = json(caller.chat(ask("grok-4.7", "Hello", tools)));

        for (JsonNode body : List.of(mentioned, required)) {
            assertThat(body.at("/choices/0/finish_reason").asText()).isEqualTo("tool_calls");
            assertThat(body.at("/choices/0/message/content").isNull()).isTrue();
            JsonNode call = body.at("/choices/0/message/tool_calls/0");
            assertThat(call.at("/function/name").asText()).isEqualTo("open_gate");
            assertThat(json(call.at("/function/arguments").asText())).isEqualTo(json("{\"gate\":1}"));
        }
        assertThat(unrelated.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
    }

    @Test
    void shouldWriteTheJournalBeforeTheClientSeesTheAnswer() throws Exception {
        HttpResponse<String> response = caller.send(
                caller.post("/v1/chat/completions", ask("grok-4.7", "Hi", "")).header("x-client-request-id", "id-1"));

        JsonNode usage = json(response).path("usage");
        assertThat(grok.journal().entries()).singleElement().satisfies(entry -> {
            assertThat(entry.clientRequestId()).isEqualTo("id-1");
            assertThat(entry.model()).isEqualTo("grok-4.7");
            assertThat(entry.status()).isEqualTo(200);
            assertThat(entry.outcome()).isEqualTo("ok");
            assertThat(entry.answered()).isTrue();
            assertThat(entry.promptTokens())
                    .isEqualTo(usage.path("prompt_tokens").asInt());
            assertThat(entry.costTicks())
                    .isEqualTo(usage.path("cost_in_usd_ticks").asLong());
        });
        assertThat(grok.journal().totals().ok()).isEqualTo(1);
        assertThat(grok.stats().maxPerSecond()).isEqualTo(1);
    }

    @Test
    void shouldAnswerOverTheLimitWithARate429() throws Exception {
        grok.limits(Map.of(SimulatorSettings.DEFAULT, new Limit(1, 700)));

        HttpResponse<String> first = caller.chat(ask("grok-4.3", "Hi", "\"reasoning_effort\":\"none\""));
        HttpResponse<String> tokens = caller.chat(ask("grok-4.7", "Hi", ""));
        HttpResponse<String> second = caller.chat(ask("grok-4.3", "Hi", ""));

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(second.statusCode()).isEqualTo(429);
        assertThat(json(second).path("code").asText()).isEqualTo("resource-exhausted");
        assertThat(json(second).path("error").asText())
                .startsWith("Too many requests for team")
                .contains("and model grok-4.3.")
                .endsWith("Requests per Second (actual/limit): 2/1.");
        assertThat(json(tokens).path("error").asText())
                .startsWith("Too many tokens for team")
                .contains("Tokens per Minute (actual/limit): ")
                .endsWith("/700.");
        assertThat(second.headers().map()).doesNotContainKeys("x-ratelimit-limit-requests", "retry-after");
        assertThat(grok.journal().totals().tooMany()).isEqualTo(2);
    }
}
