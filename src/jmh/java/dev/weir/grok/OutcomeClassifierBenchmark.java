package dev.weir.grok;

import dev.weir.event.Blob;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What an HTTP answer means: once for each call. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class OutcomeClassifierBenchmark {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Map<String, String> HEADERS = Map.of(
            "content-type",
            "application/json",
            "x-ratelimit-limit-requests",
            "7200",
            "x-ratelimit-remaining-requests",
            "7199",
            "x-ratelimit-limit-tokens",
            "2000000",
            "x-ratelimit-remaining-tokens",
            "1999000");

    /** What Grok says. */
    public enum Said {
        /** An answer of half a kilobyte. */
        SHORT_ANSWER(answer(0)),
        /** An answer of 20 KB. */
        LONG_ANSWER(answer(4_000)),
        /** A refusal for rate. */
        RATE(new HttpAnswer(
                429,
                Map.of("retry-after", "2", "x-ratelimit-remaining-requests", "0"),
                Blob.utf8(
                        "{\"code\":\"Some resource has been exhausted\",\"error\":\"Too many requests for team.\"}"))),
        /** A page of a proxy. */
        PAGE(new HttpAnswer(
                502,
                Map.of("content-type", "text/html"),
                Blob.utf8("<html><head><title>502 Bad Gateway</title></head><body>" + "<p>bad</p>".repeat(60)
                        + "</body></html>")));

        private final HttpAnswer answer;

        Said(HttpAnswer answer) {
            this.answer = answer;
        }

        private static HttpAnswer answer(int words) {
            String body =
                    "{\"id\":\"r-1\",\"object\":\"chat.completion\",\"created\":1763719200,\"model\":\"grok-4.5\","
                            + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Four. "
                            + "word ".repeat(words)
                            + "\",\"refusal\":null},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":32,"
                            + "\"completion_tokens\":9,\"total_tokens\":135,\"prompt_tokens_details\":{\"cached_tokens\":6},"
                            + "\"completion_tokens_details\":{\"reasoning_tokens\":94},\"cost_in_usd_ticks\":6810000},"
                            + "\"system_fingerprint\":\"fp_1\"}";
            return new HttpAnswer(200, HEADERS, Blob.utf8(body));
        }
    }

    /** The case. */
    @Param
    public Said said;

    /** From the answer to the outcome. */
    @Benchmark
    public Object classify() {
        return OutcomeClassifier.classify(said.answer, "grok-4.5", NOW);
    }
}
