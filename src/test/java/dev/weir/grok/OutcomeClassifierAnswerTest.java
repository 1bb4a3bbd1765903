package dev.weir.grok;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Blob;
import dev.weir.event.Usage;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OutcomeClassifierAnswerTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    @Test
    void shouldReadAnAnswer() {
        Map<String, String> headers =
                Map.of("x-ratelimit-limit-requests", "7200", "x-ratelimit-remaining-requests", "7199");
        Blob body = Fixtures.body("answer.json");

        GrokOutcome outcome = OutcomeClassifier.classify(new HttpAnswer(200, headers, body), "grok-4.6", NOW);

        assertThat(outcome)
                .isEqualTo(new GrokOutcome.Answered(
                        "grok-4.6-0810",
                        "Vier.",
                        body,
                        new Usage(32, 6, 9, 94, 135, new BigDecimal("0.0006810000")),
                        new RateLimitHeaders(7200L, 7199L, null, null, null, 60_000L)));
    }

    @Test
    void shouldTakeAToolCallForAnAnswer() {
        GrokOutcome.Answered answer = answered(Fixtures.body("answer-tool-call.json"));

        assertThat(answer.content()).isNull();
        assertThat(answer.usage()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'choices':[{'message':{'content':null,'refusal':'No.'},'finish_reason':'stop'}]}",
                "{'choices':[{'message':{'content':''},'finish_reason':'content_filter'}]}",
                "{'choices':[{'message':{'content':''},'finish_reason':'length'}]}",
                "{'choices':[{'message':{'content':'x'},'finish_reason':'never_heard_of'}]}",
                "{'choices':[{'message':{'content':'x'},'finish_reason':7}],'error':null,'unknown':{}}",
                "{'choices':[{'message':{'content':''}},{'message':{'content':'second'}}]}",
                "{'choices':[{'message':{'content':[{'type':'text','text':'part'}]}}]}",
            })
    void shouldTakeForAnAnswerWhateverSaysSomething(String body) {
        assertThat(answered(json(body)).model()).isEqualTo("asked-for");
    }

    @Test
    void shouldReplaceHalfACharacterThatNoEventCanCarry() {
        Blob cutInAnEmoji = json("{'model':'g\\udc00','choices':[{'message':{'content':'🎈 cut \\ud83d'}}]}");

        GrokOutcome.Answered answer = answered(cutInAnEmoji);

        assertThat(answer.content()).isEqualTo("🎈 cut \uFFFD");
        assertThat(answer.model()).isEqualTo("g\uFFFD");
        assertThat(answer.response()).isEqualTo(cutInAnEmoji);
    }

    @Test
    void shouldJoinTheTextParts() {
        Blob body = json("{'choices':[{'message':{'content':[{'text':'a'},{'image':1},{'text':'b'}]}}]}");

        assertThat(answered(body).content()).isEqualTo("ab");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'choices':[]}",
                "{'choices':[{}]}",
                "{'choices':[null]}",
                "{'choices':[{'message':{'content':null,'tool_calls':[]},'finish_reason':'stop'}]}",
                "{'id':1}",
                "{'choices':{}}",
                "[1]",
                "17",
                "",
                "{'choices':[{'message':{'content':'x'}}]}}",
            })
    void shouldNotTakeNothingForAnAnswer(String body) {
        assertThat(classify(json(body))).isInstanceOf(GrokOutcome.Stopped.class);
    }

    @Test
    void shouldKeepTheUsageOfAnEmptyAnswer() {
        GrokOutcome.Stopped stopped = (GrokOutcome.Stopped) classify(Fixtures.body("answer-empty.json"));

        assertThat(stopped.usage()).isEqualTo(new Usage(5, 0, 0, 902, 907, null));
    }

    @Test
    void shouldRefuseAnAnswerThatIsNotOneJsonTextInUtf8() {
        String answer = "{\"choices\":[{\"message\":{\"content\":\"x\"}}]}";
        byte[] utf16 = answer.getBytes(java.nio.charset.StandardCharsets.UTF_16LE);
        byte[] latin = {'{', '"', (byte) 0xE4, '"', ':', '1', '}'};

        assertThat(classify(Blob.of(utf16))).isInstanceOf(GrokOutcome.Stopped.class);
        assertThat(classify(Blob.of(latin))).isInstanceOf(GrokOutcome.Stopped.class);
        assertThat(classify(Blob.utf8(answer))).isInstanceOf(GrokOutcome.Answered.class);
        assertThat(classify(Blob.utf8("\uFEFF" + answer))).isInstanceOf(GrokOutcome.Stopped.class);
        assertThat(classify(Blob.utf8(answer + "x"))).isInstanceOf(GrokOutcome.Stopped.class);
    }

    @Test
    void shouldIgnoreUsageBeyondReason() {
        assertThat(usage("{'prompt_tokens':-1,'completion_tokens':1e400,'total_tokens':'12'}"))
                .isNull();
        assertThat(usage("{'prompt_tokens':3,'completion_tokens':99999999999999999999999,'cost_in_usd_ticks':-4}"))
                .isEqualTo(new Usage(3, 0, 0, 0, 3, null));
        assertThat(usage("{'prompt_tokens':3.0,'completion_tokens':4,'completion_tokens_details':null}"))
                .isEqualTo(new Usage(3, 0, 4, 0, 7, null));
        assertThat(usage("{'total_tokens':9,'cost_in_usd_ticks':0}"))
                .isEqualTo(new Usage(0, 0, 0, 0, 9, new BigDecimal("0.0000000000")));
        assertThat(usage("7")).isNull();
    }

    @Test
    void shouldSurviveAnyDamageToABody() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        String[] files = {"answer.json", "answer-tool-call.json", "nested.json", "cloudflare-502.html", "rate-sse.txt"};
        for (int i = 0; i < 5_000; i++) {
            byte[] bytes =
                    Fixtures.body(files[random.nextInt(files.length)]).bytes().clone();
            for (int hits = random.nextInt(4); hits > 0; hits--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            byte[] cut = java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            int status = random.nextBoolean() ? 200 : 100 + random.nextInt(500);

            GrokOutcome outcome =
                    OutcomeClassifier.classify(new HttpAnswer(status, Map.of(), Blob.of(cut)), "asked-for", NOW);

            if (outcome instanceof GrokOutcome.Stopped stopped) {
                assertThat(stopped.error().message())
                        .as("seed %d round %d", seed, i)
                        .isNotBlank()
                        .hasSizeLessThanOrEqualTo(500);
            } else {
                assertThat(status).as("seed %d round %d", seed, i).isBetween(200, 299);
            }
        }
    }

    private static @org.jspecify.annotations.Nullable Usage usage(String usage) {
        return answered(json("{'choices':[{'message':{'content':'x'}}],'usage':" + usage + "}"))
                .usage();
    }

    private static GrokOutcome.Answered answered(Blob body) {
        return (GrokOutcome.Answered) Objects.requireNonNull(classify(body));
    }

    private static GrokOutcome classify(Blob body) {
        return OutcomeClassifier.classify(new HttpAnswer(200, Map.of(), body), "asked-for", NOW);
    }

    private static Blob json(String singleQuoted) {
        return Blob.utf8(singleQuoted.replace('\'', '"'));
    }
}
