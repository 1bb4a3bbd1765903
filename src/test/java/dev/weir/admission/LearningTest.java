package dev.weir.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.permit.AskMessage;
import dev.weir.permit.CallEnd;
import dev.weir.permit.QuotaObservation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A server whose true limit is half of the configured one, or that refuses, fails and halts. */
final class LearningTest {
    private static final int TRUE_LIMIT = 50;

    /** A strict server with a sliding second; refused calls use nothing. */
    private static final class Server {
        final Deque<Long> passed = new ArrayDeque<>();
        final boolean tells;
        CallEnd failing = CallEnd.ANSWERED;
        final List<Long> refusedAt = new ArrayList<>();
        final List<Long> calledAt = new ArrayList<>();

        Server(boolean tells) {
            this.tells = tells;
        }

        CallEnd call(long now) {
            calledAt.add(now);
            if (failing != CallEnd.ANSWERED) {
                return failing;
            }
            while (!passed.isEmpty() && passed.peek() <= now - 1_000) {
                passed.remove();
            }
            if (passed.size() >= TRUE_LIMIT) {
                refusedAt.add(now);
                return CallEnd.THROTTLED;
            }
            passed.add(now);
            return CallEnd.ANSWERED;
        }

        QuotaObservation tell(CallEnd end) {
            return tells && end == CallEnd.ANSWERED
                    ? new QuotaObservation(60L * TRUE_LIMIT, 1L, null, null, null, 60_000L)
                    : QuotaObservation.NONE;
        }
    }

    private static final class Run {
        final Random random = new Random(5);
        final Talk talk = new Talk(0, 1);
        final MapLog log = new MapLog();
        final Map<Long, AskMessage.Ask> asks = new HashMap<>();
        final Map<Long, List<Supplier<AskMessage>>> later = new HashMap<>();
        final AdmissionSettings settings;
        final Server server;
        Admission admission;
        long now;
        int answered;

        Run(Server server, ScopeLimits limits) {
            this.server = server;
            this.settings = Talk.settings(limits, 0);
            this.admission = new Admission(settings, log);
        }

        void ask(int count) {
            for (long offset = 1; offset <= count; offset++) {
                ask(offset, 1, 0);
            }
        }

        private void ask(long offset, int tryNumber, int attempts) {
            AskMessage.Ask ask = talk.ask(offset, tryNumber, attempts);
            asks.put(offset, ask);
            admission.take(ask, now, random.nextDouble());
        }

        void run(long millis) {
            for (long end = now + millis; now < end; now++) {
                List<Supplier<AskMessage>> due = later.remove(now);
                if (due != null) {
                    due.forEach(message -> {
                        AskMessage said = message.get();
                        if (said != null) {
                            admission.take(said, now, random.nextDouble());
                        }
                    });
                }
                admission.release(now).forEach(this::issued);
            }
        }

        private void issued(Admission.Issue issue) {
            long offset = issue.key().offset();
            if (issue.startInMillis() == 0) {
                granted(offset);
                return;
            }
            later.computeIfAbsent(now + issue.startInMillis(), t -> new ArrayList<>())
                    .add(() -> {
                        granted(offset);
                        return null;
                    });
        }

        private void granted(long offset) {
            AskMessage.Ask ask = asks.remove(offset);
            if (ask == null) {
                return;
            }
            CallEnd end = server.call(now);
            long start = now;
            long over = now + 20 + random.nextInt(200);
            answered += end == CallEnd.ANSWERED ? 1 : 0;
            later.computeIfAbsent(over, t -> new ArrayList<>())
                    .add(() -> talk.ended(ask, end, over - start, server.tell(end)));
            if (end != CallEnd.ANSWERED) {
                boolean charged = end == CallEnd.TRANSIENT;
                later.computeIfAbsent(over + 1_000, t -> new ArrayList<>()).add(() -> {
                    AskMessage.Ask again =
                            talk.ask(offset, ask.key().tryNumber() + 1, ask.attempts() + (charged ? 1 : 0));
                    asks.put(offset, again);
                    return again;
                });
            }
        }

        AdmissionStatus status() {
            return admission.statuses(now).get(0);
        }
    }

    @Test
    void shouldFindTheServersTrueLimitFromWhatItTells() {
        Run run = new Run(new Server(true), new ScopeLimits(2 * TRUE_LIMIT, 1_000));
        run.ask(10_000);
        run.run(180_000);

        assertThat(run.status().requestLimit()).isEqualTo(TRUE_LIMIT);
        assertThat(refusedAfter(run, 60_000)).isLessThan(0.01);
        assertThat(run.answered).isGreaterThan(TRUE_LIMIT * 170);
    }

    @Test
    void shouldFindTheServersTrueLimitFromRefusalsAlone() {
        Run run = new Run(new Server(false), new ScopeLimits(2 * TRUE_LIMIT, 1_000));
        run.ask(10_000);
        run.run(180_000);

        assertThat(run.status().requestLimit()).isBetween(TRUE_LIMIT - 10, TRUE_LIMIT + 3);
        assertThat(refusedAfter(run, 60_000)).isLessThan(0.01);
        assertThat(run.answered).isGreaterThan(TRUE_LIMIT * 140);
    }

    @Test
    void shouldMakeFewMoreCallsThanRequestsInAnOutageAndLoseNothing() {
        Run run = new Run(new Server(false), new ScopeLimits(TRUE_LIMIT, 1_000));
        run.server.failing = CallEnd.TRANSIENT;
        run.ask(1_000);
        run.run(120_000);
        assertThat(run.status().binding()).isEqualTo(Binding.BREAKER);
        int inOutage = run.server.calledAt.size();
        run.server.failing = CallEnd.ANSWERED;
        run.run(120_000);

        assertThat(inOutage).isLessThan(60);
        assertThat(run.answered).isEqualTo(1_000);
        assertThat(run.server.calledAt.size()).isLessThanOrEqualTo(1_100);
        WindowOracle oracle = new WindowOracle();
        run.server.calledAt.forEach(oracle::start);
        oracle.assertNeverAbove(TRUE_LIMIT, 1_010);
    }

    @Test
    void shouldHaltKeepAllWorkProbeAndResumeByItself() {
        Run run = new Run(new Server(false), new ScopeLimits(TRUE_LIMIT, 1_000));
        run.server.failing = CallEnd.HALTED;
        run.ask(200);
        run.run(60_000);

        assertThat(run.status().binding()).isEqualTo(Binding.HALT);
        assertThat(run.server.calledAt.stream().filter(at -> at > 1_000))
                .as("single calls")
                .hasSizeBetween(3, 8);
        run.admission = run.log.copy().successor(run.settings, run.now);
        assertThat(run.status().binding()).as("after a crash").isEqualTo(Binding.HALT);
        run.server.failing = CallEnd.ANSWERED;
        run.run(60_000);
        assertThat(run.answered).isEqualTo(200);
    }

    @Test
    void shouldOpenAtOnceForAnOperator() {
        Run run = new Run(new Server(false), new ScopeLimits(TRUE_LIMIT, 1_000));
        run.server.failing = CallEnd.HALTED;
        run.ask(100);
        run.run(50_000);
        run.server.failing = CallEnd.ANSWERED;
        int before = run.answered;
        run.admission.take(new AskMessage.Resume(Talk.SCOPE), run.now, 0.5);
        run.run(1_000);

        assertThat(run.answered - before).as("a slow start").isBetween(5, TRUE_LIMIT / 4);
        run.run(10_000);
        assertThat(run.answered).isEqualTo(100);
    }

    @Test
    void shouldHoldRepeatedCallsWhileTheirBudgetIsSpentAndLetFirstCallsGo() {
        Run run = new Run(new Server(false), new ScopeLimits(TRUE_LIMIT, 1_000));
        for (long offset = 1; offset <= 20; offset++) {
            run.ask(offset, 2, 1);
        }
        run.run(15);
        assertThat(run.server.calledAt).hasSizeBetween(10, 12);
        assertThat(run.status().binding()).isEqualTo(Binding.RETRY_BUDGET);
        run.ask(21, 1, 0);
        run.run(1);
        assertThat(run.asks).doesNotContainKey(21L);
    }

    private static double refusedAfter(Run run, long fromMillis) {
        double refused =
                run.server.refusedAt.stream().filter(at -> at > fromMillis).count();
        return refused
                / run.server.calledAt.stream().filter(at -> at > fromMillis).count();
    }
}
