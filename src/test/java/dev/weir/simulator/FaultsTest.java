package dev.weir.simulator;

import static dev.weir.simulator.Caller.ask;
import static dev.weir.simulator.Caller.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FaultsTest {
    private static final String ASK = ask("grok-4.7", "Hi", "");
    private static final String ASK_STREAM = ask("grok-4.7", "Hi", "\"stream\":true");

    private static SimulatedGrok grok;
    private static Caller caller;

    @BeforeAll
    static void start() {
        grok = SimulatedGrok.start(SimulatorSettings.defaults()
                .withLimit(Limit.unlimited())
                .withLongestStall(Duration.ofSeconds(1))
                .withLatency(new LatencyModel.Fixed(1)));
        caller = new Caller(grok);
    }

    @AfterAll
    static void close() {
        grok.close();
    }

    @BeforeEach
    void clean() {
        grok.faults(FaultPlan.none());
        grok.reset();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            RATE_429             | 429 | Too many requests for team           |   | resource-exhausted
            RATE_429_RETRY_AFTER | 429 | Too many requests for team           | 1 | resource-exhausted
            CAPACITY_429         | 429 | temporarily at capacity              |   | resource-exhausted
            CREDIT_429           | 429 | used all available credits           |   | resource-exhausted
            CREDIT_403           | 403 | used all available credits           |   | permission-denied
            ERROR_500            | 500 | Internal server error                |   | internal
            HTML_502             | 502 | <h1>502 Bad Gateway</h1>             |   |
            UNAVAILABLE_503      | 503 | The model did not respond            |   | The service is currently unavailable
            OVERLOADED_529       | 529 | overloaded                           |   | The service is currently unavailable
            BARE_JSON_STRING     | 500 | "Internal server error"              |   |
            BAD_KEY              | 400 | Incorrect API key provided: xa***ey. |   | invalid-argument
            """)
    void shouldAnswerWithAnErrorOnce(Fault fault, int status, String text, String retryAfter, String code)
            throws Exception {
        grok.faults(FaultPlan.script(fault));

        HttpResponse<String> response = caller.chat(ASK);
        HttpResponse<String> next = caller.chat(ASK);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).contains(text);
        assertThat(response.headers().firstValue("retry-after").orElse(null)).isEqualTo(retryAfter);
        assertThat(response.headers().map()).doesNotContainKey("x-ratelimit-limit-requests");
        if (code != null) {
            assertThat(json(response).path("code").asText()).isEqualTo(code);
        }
        assertThat(next.statusCode()).isEqualTo(200);
        assertThat(grok.journal().entries())
                .extracting(JournalEntry::outcome, JournalEntry::status, JournalEntry::answered)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(fault.id(), status, true),
                        org.assertj.core.groups.Tuple.tuple("ok", 200, true));
        assertThat(grok.journal().entries().get(0).costTicks()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"RESET_BEFORE_HEADERS", "RESET_AFTER_HEADERS", "STALL", "TRUNCATED_BODY"})
    void shouldBreakTheConnectionAndBillTheAnswer(Fault fault) throws Exception {
        for (String ask : List.of(ASK, ASK_STREAM)) {
            grok.reset();
            grok.faults(FaultPlan.script(fault));

            assertThatThrownBy(() -> caller.chat(ask))
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(HttpTimeoutException.class);

            assertThat(caller.chat(ASK).statusCode()).isEqualTo(200);
            JournalEntry broken = grok.journal().entries().get(0);
            assertThat(broken.outcome()).isEqualTo(fault.id());
            assertThat(broken.answered()).isFalse();
            assertThat(broken.costTicks()).isPositive();
            assertThat(grok.journal().totals().otherFailures()).isEqualTo(1);
        }
    }

    @Test
    void shouldSendTheHeadersAndHalfTheBodyBeforeItCuts() throws Exception {
        grok.faults(FaultPlan.script(Fault.TRUNCATED_BODY, Fault.RESET_AFTER_HEADERS, Fault.RESET_BEFORE_HEADERS));

        String truncated = RawCaller.exchange(grok.port(), ASK);
        String headersOnly = RawCaller.exchange(grok.port(), ASK);
        String nothing = RawCaller.exchange(grok.port(), ASK);

        assertThat(truncated).startsWith("HTTP/1.1 200 OK\r\n").containsIgnoringCase("content-length: ");
        String body = truncated.substring(truncated.indexOf("\r\n\r\n") + 4);
        assertThat(body).startsWith("{\"id\":").doesNotEndWith("}");
        int announced = Integer.parseInt(truncated.replaceAll("(?is).*content-length: (\\d+).*", "$1"));
        assertThat(body).hasSize(announced / 2);
        assertThat(headersOnly).endsWith(RawCaller.RESET).doesNotContain("{\"id\":");
        assertThat(nothing).isEqualTo(RawCaller.RESET);
    }

    @Test
    void shouldAnswerEmptyContentAsASuccess() throws Exception {
        grok.faults(FaultPlan.script(Fault.EMPTY_CONTENT));

        HttpResponse<String> response = caller.chat(ASK);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response).at("/choices/0/message/content").asText("missing"))
                .isEmpty();
        assertThat(grok.journal().entries().get(0).outcome()).isEqualTo("emptyContent");
        assertThat(grok.journal().entries().get(0).costTicks()).isPositive();
    }

    @Test
    void shouldNoteAClientThatLeavesBeforeTheAnswer() {
        SimulatorSettings slow = SimulatorSettings.defaults().withLatency(new LatencyModel.Fixed(60_000));
        try (SimulatedGrok slowGrok = SimulatedGrok.start(slow)) {
            Caller impatient = new Caller(slowGrok);

            assertThatThrownBy(() -> impatient.send(
                            impatient.post("/v1/chat/completions", ASK).timeout(Duration.ofMillis(300))))
                    .isInstanceOf(HttpTimeoutException.class);

            await().untilAsserted(() -> assertThat(slowGrok.journal().entries())
                    .singleElement()
                    .satisfies(entry -> {
                        assertThat(entry.outcome()).isEqualTo("abandoned");
                        assertThat(entry.answered()).isFalse();
                        assertThat(entry.costTicks()).isPositive();
                    }));
        }
    }

    @Test
    void shouldSpreadMixedFaultsOverAllTransientKinds() {
        assertThat(FaultPlan.mixed(0.12).probabilities())
                .hasSize(12)
                .doesNotContainKeys(Fault.NONE, Fault.RATE_429, Fault.CREDIT_429, Fault.CREDIT_403, Fault.BAD_KEY)
                .allSatisfy((fault, share) -> assertThat(share).isBetween(0.0099, 0.0101));
        assertThat(FaultPlan.mixed(1).pick(0.999_999)).isNotEqualTo(Fault.NONE);
        assertThat(FaultPlan.mixed(0.5).pick(0.51)).isEqualTo(Fault.NONE);
    }
}
