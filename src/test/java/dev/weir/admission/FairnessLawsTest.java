package dev.weir.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Priority;
import dev.weir.permit.AskMessage;
import dev.weir.permit.CallEnd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Laws of the order: shares by weight, the urgent first, nobody starved. Calls start at once and last some 50 ms. */
final class FairnessLawsTest {
    private static final Map<String, Integer> WEIGHTS = Map.of("a", 3, "b", 2, "c", 1);

    private static final Map<Priority, Duration> OFFSETS = Map.of(
            Priority.CRITICAL, Duration.ofSeconds(-60),
            Priority.HIGH, Duration.ofSeconds(-10),
            Priority.NORMAL, Duration.ZERO,
            Priority.LOW, Duration.ofSeconds(60));

    private static final class Run {
        final Random random;
        final Talk talk = new Talk(0, 1);
        final MapLog log = new MapLog();
        final AdmissionSettings settings;
        final Map<Long, AskMessage.Ask> asks = new HashMap<>();
        final Map<Long, Long> askedAt = new HashMap<>();
        final Map<Long, List<Supplier<AskMessage>>> later = new HashMap<>();
        final Map<String, Long> tokens = new HashMap<>();
        final Map<Priority, List<Long>> waits = new HashMap<>();
        Function<AskMessage.Ask, Integer> use = ask -> ask.promptBytes();
        Admission admission;
        long now;
        long offset;

        Run(Random random, ScopeLimits limits) {
            this.random = random;
            this.settings = Talk.settings(limits, 0, OFFSETS, WEIGHTS);
            this.admission = new Admission(settings, log);
        }

        void ask(String tenant, Priority priority, int bytes) {
            AskMessage.Ask ask = talk.ask(++offset, priority, now, tenant, bytes);
            asks.put(offset, ask);
            askedAt.put(offset, now);
            admission.take(ask, now, 0.5);
        }

        void step() {
            List<Supplier<AskMessage>> due = later.remove(now);
            if (due != null) {
                due.forEach(message -> admission.take(message.get(), now, 0.5));
            }
            for (Admission.Issue issue : admission.release(now)) {
                granted(issue.key().offset());
            }
            now++;
        }

        private void granted(long offset) {
            AskMessage.Ask ask = asks.remove(offset);
            if (ask == null) {
                return;
            }
            long used = use.apply(ask);
            tokens.merge(ask.tenant(), used, Long::sum);
            waits.computeIfAbsent(ask.priority(), p -> new ArrayList<>()).add(now - askedAt.get(offset));
            long end = now + 20 + random.nextInt(60);
            long start = now;
            later.computeIfAbsent(end, t -> new ArrayList<>())
                    .add(() -> talk.end(ask, CallEnd.ANSWERED, end - start, used));
        }

        double share(String tenant) {
            long all = tokens.values().stream().mapToLong(Long::longValue).sum();
            return tokens.getOrDefault(tenant, 0L) / (double) all;
        }

        long p95(Priority priority) {
            long[] sorted = waits.get(priority).stream()
                    .mapToLong(Long::longValue)
                    .sorted()
                    .toArray();
            return sorted[(int) (sorted.length * 0.95)];
        }
    }

    @Test
    void shouldShareTokensByWeightUnderBacklog() {
        Seeds.forEach(4, random -> {
            Run run = new Run(random, new ScopeLimits(0, 60_000, 1_000, 0));
            int[] sizes = {50 + random.nextInt(300), 50 + random.nextInt(300), 50 + random.nextInt(300)};
            for (int i = 0; i < 6_000; i++) {
                int who = random.nextInt(3);
                run.ask("abc".substring(who, who + 1), Priority.NORMAL, sizes[who] / 2 + random.nextInt(sizes[who]));
            }
            for (int step = 0; step < 120_000; step++) {
                run.step();
            }
            assertThat(run.share("a")).isBetween(0.5 - 0.025, 0.5 + 0.025);
            assertThat(run.share("b")).isBetween(0.333 - 0.0167, 0.333 + 0.0167);
            assertThat(run.share("c")).isBetween(0.1667 - 0.0083, 0.1667 + 0.0083);
        });
    }

    @Test
    void shouldServeTheUrgentAtOnceAndTheOthersByWeightUnderTenfoldOverload() {
        Seeds.forEach(2, random -> {
            Run run = new Run(random, new ScopeLimits(20, 0, 1_000, 0));
            for (int step = 0; step < 180_000; step++) {
                if (step % 5 == 0) {
                    int who = random.nextInt(3);
                    boolean critical = random.nextInt(100) == 0;
                    Priority other = Priority.values()[1 + random.nextInt(3)];
                    run.ask("abc".substring(who, who + 1), critical ? Priority.CRITICAL : other, 1);
                }
                run.step();
            }
            assertThat(run.p95(Priority.CRITICAL))
                    .as("until the window has a slot")
                    .isLessThanOrEqualTo(1_010);
            assertThat(run.waits.get(Priority.LOW)).as("the lowest moves").hasSizeGreaterThan(50);
            assertThat(run.share("a")).isBetween(0.475, 0.525);
            assertThat(run.share("b")).isBetween(0.316, 0.351);
            assertThat(run.share("c")).isBetween(0.158, 0.175);
        });
    }

    @Test
    void shouldHoldTheWeightsWhenTheUrgentAloneTakeHalfOfATenantsShare() {
        Seeds.forEach(2, random -> {
            Run run = new Run(random, new ScopeLimits(20, 0, 1_000, 0));
            for (int step = 0; step < 180_000; step++) {
                if (step % 5 == 0) {
                    int who = random.nextInt(3);
                    boolean critical = step % 200 == 0;
                    Priority other = Priority.values()[1 + random.nextInt(3)];
                    run.ask("abc".substring(who, who + 1), critical ? Priority.CRITICAL : other, 1);
                }
                run.step();
            }
            assertThat(run.p95(Priority.CRITICAL)).isLessThanOrEqualTo(1_010);
            assertThat(run.share("a")).isBetween(0.475, 0.525);
            assertThat(run.share("b")).isBetween(0.316, 0.351);
            assertThat(run.share("c")).isBetween(0.158, 0.175);
        });
    }

    @Test
    void shouldNotLetARestEarnAnything() {
        Run run = new Run(new Random(1), new ScopeLimits(100, 0, 1_000, 0));
        for (int i = 0; i < 2_000; i++) {
            run.ask("a", Priority.NORMAL, 1);
        }
        for (int step = 0; step < 5_000; step++) {
            run.step();
        }
        for (int i = 0; i < 2_000; i++) {
            run.ask("b", Priority.NORMAL, 1);
        }
        run.tokens.clear();
        for (int step = 0; step < 5_000; step++) {
            run.step();
        }
        assertThat(run.share("a")).isBetween(0.57, 0.63);
    }

    @Test
    void shouldServeTheLongestWaitingAtTimesWhateverItsPriority() {
        Run run = new Run(new Random(1), new ScopeLimits(100, 0, 1_000, 0));
        for (int i = 0; i < 500; i++) {
            run.ask("a", Priority.CRITICAL, 1);
        }
        run.ask("a", Priority.LOW, 1);
        for (int step = 0; step < 10_000 && run.asks.containsKey(501L); step++) {
            if (step % 5 == 0) {
                run.ask("a", Priority.CRITICAL, 1);
            }
            run.step();
        }
        assertThat(run.asks.containsKey(501L)).as("still waiting").isFalse();
        assertThat(run.now).as("500 waited as long").isBetween(4_000L, 5_500L);
    }

    @Test
    void shouldKeepARetriedRequestsPlace() {
        Run run = new Run(new Random(1), new ScopeLimits(1, 0, 1_000, 0));
        for (int i = 0; i < 5; i++) {
            run.ask("a", Priority.NORMAL, 1);
        }
        run.step();
        AskMessage.Ask again = run.talk.askAgain(1, "a", 2);
        run.admission.take(again, run.now, 0.5);
        List<Long> order = new ArrayList<>();
        while (order.size() < 2) {
            run.admission
                    .release(run.now++)
                    .forEach(issue -> order.add(issue.key().offset()));
        }
        assertThat(order).first().isEqualTo(1L);
    }

    @Test
    void shouldKeepAShareForTheUrgent() {
        Run run = new Run(new Random(1), new ScopeLimits(10, 0, 1_000, 30));
        for (int i = 0; i < 20; i++) {
            run.ask("a", Priority.NORMAL, 1);
        }
        run.step();
        assertThat(run.tokens.get("a")).isEqualTo(7);
        assertThat(run.admission.statuses(run.now).get(0).binding()).isEqualTo(Binding.RESERVE);
        for (int i = 0; i < 5; i++) {
            run.ask("b", Priority.HIGH, 1);
        }
        run.step();
        assertThat(run.tokens.get("b")).isEqualTo(3);
    }

    @Test
    void shouldDecideTheSameAfterBeingRebuiltWithTenantsAndTokens() {
        Seeds.forEach(40, random -> {
            Run run = new Run(random, new ScopeLimits(20, 6_000, 50, 10));
            int crashAt = 500 + random.nextInt(5_000);
            for (int step = 0; step < crashAt; step++) {
                if (random.nextInt(10) == 0) {
                    int who = random.nextInt(3);
                    Priority priority = Priority.values()[random.nextInt(4)];
                    run.ask("abc".substring(who, who + 1), priority, 10 + random.nextInt(200));
                }
                run.step();
            }
            run.admission.release(run.now);
            Admission rebuilt = run.log.copy().successor(run.settings, run.now);
            rebuilt.release(run.now);
            assertThat(rebuilt.statuses(run.now)).isEqualTo(run.admission.statuses(run.now));
            for (long at = run.now; at < run.now + 3_000; at++) {
                for (Supplier<AskMessage> due : run.later.getOrDefault(at, List.of())) {
                    AskMessage message = due.get();
                    run.admission.take(message, at, 0.5);
                    rebuilt.take(message, at, 0.5);
                }
                assertThat(offsets(rebuilt, at)).as("at %d", at).isEqualTo(offsets(run.admission, at));
            }
        });
    }

    private static List<Long> offsets(Admission admission, long now) {
        return Arrays.asList(admission.release(now).stream()
                .filter(issue -> !issue.again())
                .map(issue -> issue.key().offset())
                .toArray(Long[]::new));
    }
}
