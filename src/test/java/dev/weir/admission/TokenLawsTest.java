package dev.weir.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Priority;
import dev.weir.permit.AskMessage;
import dev.weir.permit.CallEnd;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Laws of the token window, judged by real starts and real use; estimates are exact here unless a law says otherwise.
 */
final class TokenLawsTest {
    private static final int SPAN = 60_010;
    private static final long LIMIT = 60_000;

    private static final class Run {
        final Random random;
        final Talk talk = new Talk(0, 1);
        final AdmissionSettings settings = Talk.settings(new ScopeLimits(50, LIMIT, 1_000, 0), 0);
        final Map<Long, AskMessage.Ask> asks = new HashMap<>();
        final Map<Long, List<Supplier<AskMessage>>> later = new HashMap<>();
        final List<long[]> used = new ArrayList<>();
        final Set<Long> started = new HashSet<>();
        MapLog log = new MapLog();
        Admission admission = new Admission(settings, log);
        long now;
        long offset;
        int out;

        Run(Random random) {
            this.random = random;
        }

        void ask(int count) {
            for (int i = 0; i < count; i++) {
                int size = random.nextInt(40) == 0 ? 5_000 + random.nextInt(50_000) : 100 + random.nextInt(900);
                AskMessage.Ask ask =
                        talk.ask(++offset, Priority.values()[random.nextInt(4)], offset, "t" + random.nextInt(3), size);
                asks.put(offset, ask);
                admission.take(ask, now, 0.5);
            }
        }

        void step() {
            List<Supplier<AskMessage>> due = later.remove(now);
            if (due != null) {
                due.forEach(message -> admission.take(message.get(), now, 0.5));
            }
            admission.release(now).forEach(issue -> granted(issue.key().offset(), issue.startInMillis()));
            now++;
        }

        private void granted(long key, long startInMillis) {
            if (!started.add(key)) {
                return;
            }
            out++;
            AskMessage.Ask ask = asks.get(key);
            if (random.nextInt(30) == 0) {
                at(now + 5, () -> {
                    out--;
                    return talk.unused(key);
                });
                return;
            }
            long start = now + Math.max(startInMillis, random.nextInt(20));
            used.add(new long[] {start, ask.promptBytes()});
            long end = start + 1 + random.nextInt(4_000);
            at(end, () -> {
                out--;
                return talk.end(ask, CallEnd.ANSWERED, end - start, ask.promptBytes());
            });
        }

        private void at(long time, Supplier<AskMessage> message) {
            later.computeIfAbsent(time, t -> new ArrayList<>()).add(message);
        }

        void crash() {
            log = log.copy();
            admission = log.successor(settings, now);
        }

        AdmissionStatus status() {
            return admission.statuses(now).get(0);
        }

        /** Brute force: it shares no idea with the window it judges. */
        void assertNeverAbove() {
            for (long[] from : used) {
                long inside = used.stream()
                        .filter(each -> each[0] >= from[0] && each[0] - from[0] < SPAN)
                        .mapToLong(each -> each[1])
                        .sum();
                assertThat(inside).as("tokens in the window from %d", from[0]).isLessThanOrEqualTo(LIMIT);
            }
        }
    }

    @Test
    void shouldNeverPassTheTokensOfAnyMinuteAcrossCrashesAndUseThemUp() {
        Seeds.forEach(2, random -> {
            Run run = new Run(random);
            run.ask(800);
            for (int step = 0; step < 240_000; step++) {
                run.step();
                if (random.nextInt(20_000) == 0) {
                    run.crash();
                }
            }
            run.assertNeverAbove();
            long all = run.used.stream().mapToLong(each -> each[1]).sum();
            boolean hadBacklog = run.status().queued() > 0;
            assertThat(hadBacklog).isTrue();
            assertThat(all).as("of %d in four minutes", 4 * LIMIT).isGreaterThan(LIMIT * 4 * 85 / 100);
        });
    }

    @Test
    void shouldHoldExactlyWhatIsOutAndWhatWasUsed() {
        Seeds.forEach(4, random -> {
            Run run = new Run(random);
            run.ask(200);
            for (int step = 0; step < 20_000; step++) {
                run.step();
                assertThat(run.status().inFlight()).isEqualTo(run.out);
                assertThat(run.status().queued() + run.started.size()).isEqualTo(200);
            }
            run.later.keySet().stream().max(Long::compare).ifPresent(last -> {
                while (run.now <= last) {
                    run.step();
                }
            });
            AdmissionStatus status = run.status();
            if (status.inFlight() == 0) {
                assertThat(status.reservedTokens()).isZero();
                long inWindow = run.used.stream()
                        .filter(each -> each[0] + SPAN > run.now)
                        .mapToLong(each -> each[1])
                        .sum();
                assertThat(status.usedTokens()).isEqualTo(inWindow);
            }
        });
    }

    @Test
    void shouldGrantEveryLargeOneWithinTheBound() {
        Seeds.forEach(3, random -> {
            Run run = new Run(random);
            AskMessage.Ask large = run.talk.ask(1_000_000, Priority.NORMAL, 0, "t0", (int) LIMIT);
            run.asks.put(1_000_000L, large);
            for (int i = 0; i < 20; i++) {
                AskMessage.Ask other = run.talk.ask(++run.offset, Priority.HIGH, 0, "t1", 500);
                run.asks.put(run.offset, other);
                run.admission.take(other, run.now, 0.5);
            }
            run.step();
            run.admission.take(run.talk.ask(1_000_000, Priority.NORMAL, 0, "t0", (int) LIMIT), run.now, 0.5);
            long bound = run.now + Chooser.OVERTAKING_MILLIS + SPAN + 5_000;
            while (run.now < bound && !run.started.contains(1_000_000L)) {
                if (random.nextInt(100) == 0) {
                    AskMessage.Ask small = run.talk.ask(++run.offset, Priority.NORMAL, run.now, "t0", 50);
                    run.asks.put(run.offset, small);
                    run.admission.take(small, run.now, 0.5);
                }
                run.step();
            }
            assertThat(run.started.contains(1_000_000L)).as("the large one").isTrue();
        });
    }
}
