package dev.weir.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Priority;
import dev.weir.permit.AskMessage;
import dev.weir.permit.CallEnd;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Laws over random runs: a dispatch that starts, ends, repeats itself and is slow; an admission that dies at times. */
final class AdmissionLawsTest {
    private static final int SPAN = 1_010;

    /** One random run, millisecond by millisecond. */
    private static final class Run {
        final Random random;
        final Talk talk = new Talk(0, 1);
        final WindowOracle oracle = new WindowOracle();
        final TreeMap<Long, List<Runnable>> later = new TreeMap<>();
        final List<AskMessage> said = new ArrayList<>();
        final Set<Long> started = new HashSet<>();
        final Set<Long> over = new HashSet<>();
        final AdmissionSettings settings;
        final int slowestStart;
        MapLog log = new MapLog();
        Admission admission;
        long now;
        int inFlight;
        int mostInFlight;

        Run(Random random, AdmissionSettings settings, int slowestStart) {
            this.random = random;
            this.settings = settings;
            this.slowestStart = slowestStart;
            this.admission = new Admission(settings, log);
        }

        void say(AskMessage message) {
            said.add(message);
            admission.take(message, now, random.nextDouble());
        }

        void at(long time, Runnable action) {
            later.computeIfAbsent(Math.max(time, now + 1), t -> new ArrayList<>())
                    .add(action);
        }

        void ask(int count) {
            for (int offset = 1; offset <= count; offset++) {
                say(talk.ask(offset, Priority.values()[random.nextInt(4)], random.nextInt(1_000)));
            }
        }

        void step() {
            List<Runnable> due = later.remove(now);
            if (due != null) {
                due.forEach(Runnable::run);
            }
            admission.release(now).forEach(this::granted);
            now++;
        }

        private void granted(Admission.Issue issue) {
            long offset = issue.key().offset();
            if (over.contains(offset)) {
                say(talk.unused(offset));
                return;
            }
            if (!started.add(offset)) {
                return;
            }
            inFlight++;
            mostInFlight = Math.max(mostInFlight, inFlight);
            if (random.nextInt(30) == 0) {
                at(now + random.nextInt(10), () -> end(talk.unused(offset)));
                return;
            }
            long start = now + Math.max(issue.startInMillis(), random.nextInt(slowestStart));
            oracle.start(start);
            long reported = start + random.nextInt(10);
            at(reported, () -> say(talk.started(offset, Math.max(0, now - start))));
            long ended = reported + 1 + random.nextInt(random.nextBoolean() ? 50 : 2_000);
            CallEnd how = random.nextInt(100) == 0 ? CallEnd.TRANSIENT : CallEnd.ANSWERED;
            at(ended, () -> end(talk.settle(offset, how, now - start, null)));
        }

        private void end(AskMessage.Settle settle) {
            inFlight--;
            over.add(settle.key().offset());
            say(settle);
        }

        /** Another task goes on with what was logged. */
        void crash() {
            log = log.copy();
            admission = log.successor(settings, now);
        }

        /** Another task goes on, and reads again what its predecessor had read since its last commit. */
        void crashBeforeCommit() {
            log = log.copy();
            log.put(0, new Origins.Mark(1, 0));
            admission = log.successor(settings, now);
            int uncommitted = random.nextInt(Math.min(100, said.size() + 1));
            said.subList(said.size() - uncommitted, said.size())
                    .forEach(message -> admission.take(message, now, random.nextDouble()));
        }
    }

    @Test
    void shouldNeverPassAWindowOrTheCallsInFlightAcrossCrashesAndRepetitions() {
        Seeds.forEach(60, random -> {
            int limit = 3 + random.nextInt(20);
            int most = 2 + random.nextInt(40);
            Run run = new Run(random, Talk.settings(limit, most), 60);
            run.ask(120);
            for (int step = 0; step < 6_000; step++) {
                run.step();
                if (random.nextInt(400) == 0) {
                    run.crash();
                }
                if (random.nextInt(50) == 0) {
                    run.admission.take(run.said.get(random.nextInt(run.said.size())), run.now, 0.5);
                }
            }
            run.oracle.assertNeverAbove(limit, SPAN);
            assertThat(run.mostInFlight).isLessThanOrEqualTo(most);
            assertThat(run.oracle.count()).isPositive();
        });
    }

    @Test
    void shouldNeverPassAWindowWhenMessagesAreReadAgainAndHoldNothingInTheEnd() {
        Seeds.forEach(60, random -> {
            int limit = 3 + random.nextInt(20);
            Run run = new Run(random, Talk.settings(limit, 20), 60);
            run.ask(100);
            while (run.now < 120_000 && run.over.size() < 100) {
                run.step();
                if (random.nextInt(4_000) == 0) {
                    run.crashBeforeCommit();
                }
            }
            run.crashBeforeCommit();
            for (int step = 0; step < 5_000; step++) {
                run.step();
            }
            run.oracle.assertNeverAbove(limit, SPAN);
            assertThat(run.over).hasSize(100);
            assertThat(run.log.size()).as("left over").isZero();
        });
    }

    @Test
    void shouldUseAtLeast97PercentOfTheLimitUnderBacklog() {
        Seeds.forEach(5, random -> {
            int limit = 20 + random.nextInt(200);
            Run run = new Run(random, Talk.settings(limit, 100_000), 80);
            run.ask(limit * 24);
            for (int step = 0; step < 20_000; step++) {
                run.step();
            }
            double use = run.oracle.count() / (20.0 * limit);
            assertThat(use).isBetween(0.97, 1.05);
            run.oracle.assertNeverAbove(limit, SPAN);
        });
    }

    @Test
    void shouldDecideTheSameAfterBeingRebuiltAtAnyPoint() {
        Seeds.forEach(100, random -> {
            Run run = new Run(random, Talk.settings(5, 8), 30);
            run.ask(60);
            int crashAt = random.nextInt(3_000);
            for (int step = 0; step < crashAt; step++) {
                run.step();
            }
            Admission rebuilt = run.log.copy().successor(run.settings, run.now);
            List<AdmissionStatus> before = run.admission.statuses(run.now);
            assertThat(rebuilt.statuses(run.now)).isEqualTo(before);
            rebuilt.release(run.now);
            for (long now = run.now; now < run.now + 5_000; now++) {
                List<Admission.Issue> expected = run.admission.release(now);
                List<Admission.Issue> actual = rebuilt.release(now);
                assertThat(fresh(actual, run)).as("at %d", now).isEqualTo(fresh(expected, run));
            }
        });
    }

    @Test
    void shouldGrantEveryAskInTheEnd() {
        Seeds.forEach(20, random -> {
            Run run = new Run(random, Talk.settings(50, 20), 20);
            run.ask(200);
            while (run.now < 60_000 && run.started.size() < 200) {
                run.step();
            }
            assertThat(run.started).hasSize(200);
        });
    }

    /** Without what was sent before: a successor sends that at its own times. */
    private static List<Long> fresh(List<Admission.Issue> issues, Run run) {
        return issues.stream()
                .map(issue -> issue.key().offset())
                .filter(offset -> !run.started.contains(offset))
                .toList();
    }
}
