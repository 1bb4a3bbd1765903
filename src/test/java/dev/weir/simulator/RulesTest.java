package dev.weir.simulator;

import static dev.weir.simulator.Caller.ask;
import static dev.weir.simulator.Caller.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesTest {
    private static SimulatedGrok grok;
    private static Caller caller;

    @BeforeAll
    static void start() {
        grok = SimulatedGrok.start(
                SimulatorSettings.defaults().withLimit(Limit.unlimited()).withLatency(new LatencyModel.Fixed(0)));
        caller = new Caller(grok);
    }

    @AfterAll
    static void close() {
        grok.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            grok-4.7 | "stop":["x"] | 400 | Argument not supported: stop
            grok-4.3 | "stop":["x"] | 200 |
            grok-4.3 | "presence_penalty":0 | 400 | not supported: presence_penalty
            grok-4.7 | "frequency_penalty":0.5 | 400 | not supported: frequency_penalty
            grok-4.7 | "search_parameters":{"mode":"on"} | 410 | Live search is deprecated
            grok-4.6 | "reasoning_effort":"none" | 400 | does not support reasoning effort 'none'
            grok-4.6 | "reasoning_effort":"xhigh" | 200 |
            grok-4.5 | "reasoning_effort":"xhigh" | 400 | does not support reasoning effort 'xhigh'
            grok-4.3 | "reasoning_effort":"none" | 200 |
            grok-4.20-0309-reasoning | "reasoning_effort":"low" | 400 | support parameter reasoningEffort
            grok-4.20-0309-non-reasoning | "reasoning_effort":"low" | 400 | support parameter reasoningEffort
            grok-4.7 | "deferred":true | 400 | Argument not supported: deferred
            grok-4.7 | "deferred":true,"stream":true | 400 | either be streaming or deferred
            grok-4.7 | "temperature":2.5 | 400 | temperature must be between 0 and 2
            grok-4.7 | "n":0 | 400 | n must be between
            grok-9 | "n":1 | 400 | Model not found: grok-9
            grok-3 | "unknown_field":1 | 200 |
            grok-4.7 | "temperature":"hot" | 422 | temperature: invalid type: string
            grok-9 | "stream":"yes" | 422 | stream: invalid type: string
            """)
    void shouldJudgeArgumentsByModel(String model, String field, int status, String message) throws Exception {
        HttpResponse<String> response = caller.chat(ask(model, "Hi", field));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.body()).contains(message == null ? "usage" : message);
    }

    @Test
    void shouldAnswerBrokenJsonWithPlainText() throws Exception {
        HttpResponse<String> response = caller.chat("{\"model\":");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("content-type").orElseThrow()).startsWith("text/plain");
    }

    @Test
    void shouldAnswerWrongTypesWithPlainTextThatNamesThePlace() throws Exception {
        HttpResponse<String> content = caller.chat(ask("grok-4.7", "Hi", "\"messages\":[{\"role\":\"user\"}]"));
        HttpResponse<String> missing = caller.chat("{\"model\":\"grok-4.7\"}");

        assertThat(content.statusCode()).isEqualTo(422);
        assertThat(content.body())
                .startsWith("Failed to deserialize the JSON body into the target type: messages[0].content: ");
        assertThat(missing.statusCode()).isEqualTo(422);
        assertThat(missing.body()).contains("missing field `messages`");
    }

    @Test
    void shouldFallBackToLatestWithoutAModel() throws Exception {
        HttpResponse<String> response = caller.chat("{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).path("error").asText()).isEqualTo("Model not found: latest");
    }

    @Test
    void shouldRefuseAPromptLongerThanTheContext() throws Exception {
        HttpResponse<String> response = caller.chat(ask("grok-build-0.1", "x".repeat(1_100_000), ""));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).path("error").asText())
                .startsWith("This model's maximum prompt length is 256000 but the request contains ");
    }

    @Test
    void shouldAskForAKeyAfterTheModelAndBeforeTheArguments() throws Exception {
        String sound = ask("grok-4.7", "Hi", "\"stop\":[\"x\"]");
        HttpResponse<String> without = caller.send(caller.bare("/v1/chat/completions")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(sound)));
        HttpResponse<String> wrong = caller.send(caller.bare("/v1/chat/completions")
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer sk-not-the-key")
                .POST(BodyPublishers.ofString(sound)));
        HttpResponse<String> unknownModel = caller.send(caller.bare("/v1/chat/completions")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(ask("grok-9", "Hi", ""))));

        assertThat(without.statusCode()).isEqualTo(401);
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(json(wrong).path("error").asText()).startsWith("Incorrect API key provided: sk***ey.");
        assertThat(unknownModel.body()).contains("Model not found: grok-9");
        assertThat(grok.journal().entries())
                .anySatisfy(e -> assertThat(e.outcome()).isEqualTo("unauthorized"));
    }

    @Test
    void shouldRefuseOtherMediaTypesMethodsAndRoutes() throws Exception {
        HttpResponse<String> media = caller.send(
                caller.request("/v1/chat/completions").POST(BodyPublishers.ofString(ask("grok-4.7", "Hi", ""))));
        HttpResponse<String> empty = caller.chat("");
        HttpResponse<String> method = caller.get("/v1/chat/completions");
        HttpResponse<String> route = caller.get("/v1/credits");

        assertThat(media.statusCode()).isEqualTo(415);
        assertThat(empty.statusCode()).isEqualTo(415);
        assertThat(method.statusCode()).isEqualTo(405);
        assertThat(route.statusCode()).isEqualTo(404);
        assertThat(json(route).path("code").asText()).isEqualTo("Some requested entity was not found");
        assertThat(json(route).path("error").asText()).startsWith("No handler found on route");
    }

    @Test
    void shouldListItsModels() throws Exception {
        HttpResponse<String> all = caller.get("/v1/models");
        HttpResponse<String> alias = caller.get("/v1/models/grok-4.20");
        HttpResponse<String> unknown = caller.get("/v1/models/grok-9");
        HttpResponse<String> key = caller.get("/v1/api-key");
        HttpResponse<String> denied = caller.send(caller.bare("/v1/models").GET());

        assertThat(json(all).path("data")).hasSize(7);
        assertThat(json(alias).path("id").asText()).isEqualTo("grok-4.20-0309-reasoning");
        assertThat(json(alias).path("prompt_text_token_price").asInt()).isEqualTo(12_500);
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(json(key).path("team_blocked").asBoolean(true)).isFalse();
        assertThat(denied.statusCode()).isEqualTo(401);
        assertThat(all.headers().map()).doesNotContainKey("x-ratelimit-limit-requests");
    }
}
