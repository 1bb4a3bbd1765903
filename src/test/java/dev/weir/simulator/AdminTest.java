package dev.weir.simulator;

import static dev.weir.simulator.Caller.ask;
import static dev.weir.simulator.Caller.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdminTest {
    private static final String ASK = ask("grok-4.7", "Hi", "");

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
    void shouldShowTheJournalInLinesAndInParts() throws Exception {
        caller.chat(ASK);
        caller.chat(ask("grok-9", "Hi", ""));

        String lines = caller.get("/_sim/journal").body();
        long first = grok.journal().entries().get(0).seq();
        String second = caller.get("/_sim/journal?limit=1&from=" + (first + 1)).body();

        assertThat(lines.lines()).hasSize(2);
        assertThat(json(lines.lines().findFirst().orElseThrow()).path("outcome").asText())
                .isEqualTo("ok");
        assertThat(second.lines()).singleElement().satisfies(line -> {
            assertThat(json(line).path("model").asText()).isEqualTo("grok-9");
            assertThat(json(line).path("outcome").asText()).isEqualTo("invalid");
        });
    }

    @Test
    void shouldSumUpAndForget() throws Exception {
        caller.chat(ASK);
        caller.chat(ASK);

        HttpResponse<String> stats = caller.get("/_sim/stats");
        caller.send(caller.post("/_sim/reset", ""));
        HttpResponse<String> after = caller.get("/_sim/stats");

        assertThat(json(stats).path("requests").asInt()).isEqualTo(2);
        assertThat(json(stats).path("ok").asInt()).isEqualTo(2);
        assertThat(json(stats).path("max_per_second").asInt()).isEqualTo(2);
        assertThat(json(stats).at("/passed_per_second/grok-4.7").asInt()).isEqualTo(2);
        assertThat(json(stats).path("prompt_tokens").asInt()).isGreaterThan(1_000);
        assertThat(json(after).path("requests").asInt()).isZero();
        assertThat(json(after).path("max_per_second").asInt()).isZero();
    }

    @Test
    void shouldChangeFaultsAndLimits() throws Exception {
        HttpResponse<String> faults = caller.send(
                caller.post("/_sim/faults", "{\"probabilities\":{\"error500\":1},\"script\":[\"none\",\"stall\"]}"));
        HttpResponse<String> limits =
                caller.send(caller.post("/_sim/limits", "{\"default\":{\"rps\":1,\"tpm\":1000000}}"));
        HttpResponse<String> first = caller.chat(ASK);
        HttpResponse<String> second = caller.chat(ASK);
        caller.send(caller.post("/_sim/faults", "{\"mixed\":0}"));

        assertThat(json(faults).path("script")).hasSize(2);
        assertThat(json(limits).at("/default/rps").asInt()).isEqualTo(1);
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(second.statusCode()).isEqualTo(429);
        assertThat(grok.journal().entries().get(1).outcome()).isEqualTo("rate_limited");
    }

    @Test
    void shouldExplainWhatItCannotDo() throws Exception {
        HttpResponse<String> fault = caller.send(caller.post("/_sim/faults", "{\"script\":[\"tantrum\"]}"));
        HttpResponse<String> field = caller.send(caller.post("/_sim/faults", "{\"rate\":1}"));
        HttpResponse<String> limit = caller.send(caller.post("/_sim/limits", "{\"default\":{\"rps\":1}}"));
        HttpResponse<String> broken = caller.send(caller.post("/_sim/limits", "{"));
        HttpResponse<String> action = caller.get("/_sim/faults");

        assertThat(fault.statusCode()).isEqualTo(400);
        assertThat(fault.body()).contains("fault 'tantrum' is unknown, expected one of none, rate429");
        assertThat(field.body()).contains("field 'rate' is unknown");
        assertThat(limit.body()).contains("field 'tpm' is ").contains("expected a number");
        assertThat(broken.statusCode()).isEqualTo(400);
        assertThat(action.statusCode()).isEqualTo(404);
    }
}
