package dev.weir.grok;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.weir.event.Blob;
import dev.weir.event.StopClass;
import dev.weir.event.Usage;
import dev.weir.mutation.Mutations;
import dev.weir.mutation.Rounds;
import dev.weir.mutation.Trees;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever Grok, or who pretends to be Grok, answers: a call has one outcome within bounds, quickly. */
final class OutcomeMutationTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final long LONGEST_MILLIS = 5_000;
    private static final List<String> BODIES = List.of(
            "answer.json",
            "answer-tool-call.json",
            "answer-empty.json",
            "bad-key-new.json",
            "no-credits-429.json",
            "rate-requests.json",
            "rate-sse.txt",
            "nested.json",
            "cloudflare-502.html",
            "context-prompt.json",
            "content-refused.json");
    private static final List<String> HEADERS = List.of(
            "retry-after",
            "retry-after-ms",
            "x-ratelimit-limit-requests",
            "x-ratelimit-remaining-tokens",
            "x-ratelimit-reset-requests",
            "x-ratelimit-reset",
            "x-ratelimit-limit",
            "content-type",
            "location");
    private static final List<String> VALUES = List.of(
            "1",
            "-1",
            "0.5",
            "9".repeat(15),
            "9".repeat(400),
            "1e99",
            "NaN",
            "1h5m",
            "Sat, 21 Nov 2026 10:00:05 GMT",
            "9999999999999.9999",
            "99999d",
            "\u0000",
            "",
            "http://[",
            "https://user:pass@host/x?key=1",
            "x".repeat(9_000));

    @Test
    void shouldFindOneOutcomeForAnyAnswer() {
        Rounds.play(getClass(), 10, (mutations, inputs) -> {
            Trees trees = new Trees(new JsonMapper(), mutations);
            for (int i = 0; i < inputs; i++) {
                HttpAnswer answer = new HttpAnswer(status(mutations), headers(mutations), body(mutations, trees));
                long startedNanos = System.nanoTime();
                GrokOutcome outcome = mutations.chance(80)
                        ? OutcomeClassifier.classify(answer, "grok-4.6", NOW)
                        : OutcomeClassifier.failed(failure(mutations), mutations.chance(50) ? answer : null, NOW);
                check(outcome);
                assertThat((System.nanoTime() - startedNanos) / 1_000_000).isLessThan(LONGEST_MILLIS);
            }
        });
    }

    private static void check(GrokOutcome outcome) {
        if (outcome instanceof GrokOutcome.Answered answered) {
            assertThat(isWhole(answered.model())).as("model").isTrue();
            assertThat(isWhole(answered.content())).as("content").isTrue();
            checkUsage(answered.usage());
            return;
        }
        GrokOutcome.Stopped stopped = (GrokOutcome.Stopped) outcome;
        assertThat(stopped.error().message()).isNotBlank().hasSizeLessThanOrEqualTo(500);
        assertThat(stopped.error().message().codePoints()).noneMatch(Character::isISOControl);
        assertThat(stopped.error().stopClass()).isNotIn(StopClass.EXPIRED, StopClass.CANCELLED);
        assertThat(isWhole(stopped.error().message())).isTrue();
        assertThat(isWhole(stopped.error().code())).as("code").isTrue();
        stopped.retryAfter().ifPresent(wait -> assertThat(wait).isBetween(Duration.ZERO, Duration.ofDays(366)));
        checkUsage(stopped.usage());
    }

    /** No event can carry half of a surrogate pair, though JSON can name one. */
    private static boolean isWhole(@Nullable String text) {
        return text == null || text.codePoints().noneMatch(each -> Character.getType(each) == Character.SURROGATE);
    }

    private static void checkUsage(@Nullable Usage usage) {
        if (usage != null) {
            assertThat(List.of(
                            usage.promptTokens(),
                            usage.cachedTokens(),
                            usage.completionTokens(),
                            usage.reasoningTokens(),
                            usage.totalTokens()))
                    .allMatch(tokens -> tokens >= 0 && tokens <= 3_000_000_000_000L);
        }
    }

    private static CallFailure failure(Mutations mutations) {
        return new CallFailure(
                mutations.one(List.of(CallFailure.Kind.values())),
                new String(mutations.noise(mutations.random().nextInt(2_000)), UTF_8) + "why",
                mutations.chance(50));
    }

    private static int status(Mutations mutations) {
        if (mutations.chance(40)) {
            return 200;
        }
        return mutations.chance(50)
                ? mutations.one(List.of(200, 201, 204, 301, 400, 401, 403, 404, 413, 429, 500, 503, 529))
                : 200 + mutations.random().nextInt(800);
    }

    private static Map<String, String> headers(Mutations mutations) {
        Map<String, String> headers = new HashMap<>();
        for (int i = mutations.random().nextInt(5); i > 0; i--) {
            String value = mutations.one(VALUES);
            headers.put(
                    mutations.one(HEADERS),
                    mutations.chance(50) ? value : new String(mutations.bytes(value.getBytes(UTF_8)), UTF_8));
        }
        return headers;
    }

    private static Blob body(Mutations mutations, Trees trees) {
        String file = mutations.one(BODIES);
        byte[] valid = Fixtures.body(file).bytes();
        if (mutations.chance(20)) {
            String text = Fixtures.body(mutations.one(List.of("answer.json", "rate-requests.json")))
                    .text();
            String place = mutations.one(List.of("Vier.", "grok-4.6", "stop", "Too many"));
            return Blob.utf8(text.replace(place, mutations.token() + place));
        }
        boolean tree = file.endsWith(".json") && mutations.chance(50);
        return Blob.of(tree ? trees.change(valid) : mutations.bytes(valid));
    }
}
