package dev.weir.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.permit.InboxMessage;
import dev.weir.permit.PermitCodec;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Moves of tasks under load, with single messages of the hand-over lost. */
final class HandOverTest {
    private static final int SEEDS = 15;
    private static final Scenario LOADED = new Scenario(40, 2, 2, false, false, false, false);

    @Test
    void shouldRepeatNoCallWhenTasksMove() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            run(seed, entry -> false);
        }
    }

    @Test
    void shouldHandOverAResultAgainWhenItWasLost() {
        AtomicInteger results = new AtomicInteger();
        for (long seed = 1; seed <= SEEDS; seed++) {
            run(seed, entry -> isResult(entry) && results.getAndIncrement() % 2 == 0);
        }
        assertThat(results).as("results that were handed over").hasValueGreaterThan(SEEDS);
    }

    @Test
    void shouldClaimAgainWhenAClaimWasLost() {
        AtomicInteger lost = new AtomicInteger();
        for (long seed = 1; seed <= SEEDS; seed++) {
            Simulation simulation = new Simulation(seed, LOADED);
            AtomicInteger claims = new AtomicInteger();
            simulation.at(3_000_000L, () -> {
                simulation.trouble().swallow(entry -> isClaim(entry) && claims.getAndIncrement() < 2);
                simulation.fleet().kill(0);
            });
            History history = simulation.run();
            history.crashed = true;

            assertThat(Laws.violations(history)).as("seed %d", seed).isEmpty();
            lost.addAndGet(Math.min(2, claims.get()));
        }
        assertThat(lost).as("claims that were lost").hasValueGreaterThan(SEEDS);
    }

    private static boolean isClaim(LogRecord entry) {
        return entry.value() != null
                && PermitCodec.decodeInbox(entry.value()).messages().stream()
                        .anyMatch(InboxMessage.Claim.class::isInstance);
    }

    /** Every task moves every other second; the laws hold, and nothing was called twice. */
    private static void run(long seed, Predicate<LogRecord> lost) {
        Simulation simulation = new Simulation(seed, LOADED);
        simulation.trouble().swallow(lost);
        for (int second = 1; second <= 12; second++) {
            int task = second % simulation.fleet().tasks();
            simulation.at(second * 1_000_000L, () -> simulation.fleet().move(task));
        }

        assertThat(Laws.violations(simulation.run())).as("seed %d", seed).isEmpty();
    }

    private static boolean isResult(LogRecord entry) {
        return entry.value() != null
                && PermitCodec.decodeInbox(entry.value()).messages().stream()
                        .anyMatch(message -> message instanceof InboxMessage.HandedAnswer
                                || message instanceof InboxMessage.HandedFailure);
    }
}
