package dev.weir.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class TokenEstimatesTest {
    private final TokenEstimates estimates = new TokenEstimates(new TokenSettings(model -> 400, 1_000));
    private final Talk talk = new Talk(0, 1);

    @Test
    void shouldTakeThePromptByItsLengthAndTheOutputAsSetWhenNothingWasLearned() {
        assertThat(estimates.reservation(demand(4_000, Demand.UNBOUNDED))).isEqualTo(2_000);
        assertThat(estimates.reservation(demand(4_000, 16))).isEqualTo(1_016);
    }

    @Test
    void shouldLearnWhatTheServerAddsAndWhatItAnswers() {
        Random random = new Random(1);
        for (int i = 0; i < 200; i++) {
            Demand demand = demand(400 + random.nextInt(4_000), Demand.UNBOUNDED);
            long prompt = demand.promptBytes() / 4 + 637;
            estimates.learn(demand, 1, talk.usage(1, prompt, 300 + random.nextInt(40), 200));
        }

        long reserved = estimates.reservation(demand(4_000, Demand.UNBOUNDED));
        assertThat(reserved).isBetween(1_000L + 637 + 300, 1_000L + 637 + 400);
        assertThat(estimates.least(demand(4_000, Demand.UNBOUNDED))).isBetween(1_630L, 1_640L);
    }

    @Test
    void shouldLetARequestBoundItsVisibleOutputButNotItsReasoning() {
        for (int i = 0; i < 50; i++) {
            estimates.learn(demand(400, Demand.UNBOUNDED), 1, talk.usage(1, 100, 1_500, 900));
        }

        assertThat(estimates.reservation(demand(400, 16))).isBetween(100L + 16 + 900, 100L + 16 + 1_000);
    }

    @Test
    void shouldLearnForATenantOfItsOwn() {
        Demand chatty = new Demand("grok-4", "chatty", 400, Demand.UNBOUNDED, Long.MAX_VALUE, false);
        for (int i = 0; i < 50; i++) {
            estimates.learn(demand(400, Demand.UNBOUNDED), 1, talk.usage(1, 100, 10, 0));
            estimates.learn(chatty, 1, talk.usage(1, 100, 5_000, 0));
        }

        assertThat(estimates.reservation(chatty)).isGreaterThan(5_000);
        assertThat(estimates.reservation(demand(400, Demand.UNBOUNDED))).isLessThan(300);
    }

    @Test
    void shouldCoverNearlyAllCallsWithoutWastingMuch() {
        Seeds.forEach(20, random -> {
            TokenEstimates learning = new TokenEstimates(TokenSettings.DEFAULT);
            int below = 0;
            long reserved = 0;
            long used = 0;
            for (int i = 0; i < 2_000; i++) {
                Demand demand = demand(1_000, Demand.UNBOUNDED);
                long output = Math.max(1, Math.round(600 + 150 * random.nextGaussian()));
                long estimate = learning.reservation(demand);
                below += i > 50 && estimate < 400 + output ? 1 : 0;
                reserved += estimate;
                used += 400 + output;
                learning.learn(demand, estimate, talk.usage(1, 400, output, 0));
            }
            assertThat(below).as("underestimates").isLessThan(200);
            assertThat(reserved).isLessThan(used * 13 / 10);
            assertThat(learning.errorPermille()).isBetween(50L, 600L);
        });
    }

    private static Demand demand(int bytes, int bound) {
        return new Demand("grok-4", "acme", bytes, bound, Long.MAX_VALUE, false);
    }
}
