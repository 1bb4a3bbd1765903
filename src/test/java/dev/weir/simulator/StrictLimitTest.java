package dev.weir.simulator;

import static dev.weir.simulator.Caller.ask;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StrictLimitTest {
    private static final int LIMIT = 15;
    private static final int THREADS = 8;
    private static final int CALLS_EACH = 40;

    @Test
    void shouldNeverPassMoreThanTheLimitInAnySecondFromManyThreads() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (SimulatedGrok grok = SimulatedGrok.start(SimulatorSettings.defaults()
                .withLimit(new Limit(LIMIT, 1_000_000_000))
                .withLatency(new LatencyModel.Fixed(5)))) {
            List<Future<Integer>> passed = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                passed.add(threads.submit(() -> passedCalls(grok)));
            }
            int ok = 0;
            for (Future<Integer> count : passed) {
                ok += count.get(60, TimeUnit.SECONDS);
            }

            List<Long> times = grok.journal().entries().stream()
                    .filter(entry -> entry.outcome().equals("ok"))
                    .map(JournalEntry::monotonicNanos)
                    .sorted()
                    .toList();
            assertThat(times).hasSize(ok).hasSizeGreaterThanOrEqualTo(LIMIT);
            for (int i = 0; i + LIMIT < times.size(); i++) {
                assertThat(times.get(i + LIMIT) - times.get(i)).isGreaterThanOrEqualTo(1_000_000_000L);
            }
            assertThat(grok.stats().maxPerSecond()).isEqualTo(LIMIT);
            assertThat(grok.journal().totals().requests()).isEqualTo(THREADS * CALLS_EACH);
            assertThat(grok.journal().totals().tooMany()).isEqualTo(THREADS * CALLS_EACH - ok);
        } finally {
            threads.shutdownNow();
        }
    }

    private static int passedCalls(SimulatedGrok grok) throws IOException, InterruptedException {
        Caller caller = new Caller(grok);
        int passed = 0;
        for (int i = 0; i < CALLS_EACH; i++) {
            passed += caller.chat(ask("grok-4.7", "Hi", "")).statusCode() == 200 ? 1 : 0;
        }
        return passed;
    }
}
