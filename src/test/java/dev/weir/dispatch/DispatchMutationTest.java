package dev.weir.dispatch;

import dev.weir.mutation.Rounds;
import org.junit.jupiter.api.Test;

/** Whatever stands in its topics: dispatch goes on, and every request record has one response. */
final class DispatchMutationTest {
    @Test
    void shouldAnswerEveryRecordOnceAmongMutatedInput() {
        Rounds.play(getClass(), 60, (mutations, inputs) -> {
            try (Bench bench = Bench.withSlowTiers()) {
                MutatedPlay play = new MutatedPlay(bench, mutations);
                for (int i = 0; i < inputs; i++) {
                    play.step();
                }
                play.finish();
            }
        });
    }
}
