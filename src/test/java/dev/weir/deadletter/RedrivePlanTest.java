package dev.weir.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.deadletter.RedriveDecision.Skip;
import java.io.IOException;
import java.io.StringReader;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class RedrivePlanTest {
    private static final Offset<Double> CLOSE = Offset.offset(1e-9);

    @Test
    void shouldAddUpTokensAndCost() throws IOException {
        RedrivePlan plan = new RedrivePlan(Prices.read(new StringReader("grok-a = 2.00 6\ngrok-b = 1 1")));

        plan.sent(new TokenEstimate("grok-a", 1_000, 500));
        plan.sent(new TokenEstimate("grok-b", 200_000, 0));
        plan.sent(new TokenEstimate("grok-new", 10, 10));

        assertThat(plan.count()).isEqualTo(3);
        assertThat(plan.promptTokens()).isEqualTo(201_010);
        assertThat(plan.completionTokens()).isEqualTo(510);
        // From 200,000 tokens of prompt on everything costs twice as much.
        assertThat(plan.costUsd()).isCloseTo(0.002 + 0.003 + 0.4, CLOSE);
        assertThat(plan.unpriced()).isEqualTo(1);
        assertThat(plan.models()).isEqualTo(Map.of("grok-a", 1L, "grok-b", 1L, "grok-new", 1L));
    }

    @Test
    void shouldStayBoundedWhateverTheLetters() {
        RedrivePlan plan = new RedrivePlan(Prices.builtIn());

        for (int i = 0; i < 10_000; i++) {
            plan.sent(new TokenEstimate("model-" + i, Long.MAX_VALUE / 2, 1));
            plan.skipped(new LetterCoordinates("dlq", 0, i), new Skip(SkipReason.STILL_INVALID, "number " + i));
            plan.skipped(new LetterCoordinates("dlq", 1, i), new Skip(SkipReason.STRAY));
        }

        assertThat(plan.models()).hasSizeLessThan(60);
        assertThat(plan.models().values().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(10_000);
        assertThat(plan.promptTokens()).isEqualTo(Long.MAX_VALUE);
        assertThat(plan.examples()).hasSize(5).containsValue("still_invalid: number 0");
        assertThat(plan.skipped()).isEqualTo(Map.of(SkipReason.STRAY, 10_000L, SkipReason.STILL_INVALID, 10_000L));
    }

    @Test
    void shouldKnowThePricesOfTheModelsInUse() {
        assertThat(Prices.builtIn().usd(new TokenEstimate("grok-4.5", 1_000_00, 0)))
                .hasValueCloseTo(0.2, CLOSE);
        assertThatThrownBy(() -> Prices.read(new StringReader("grok-a = much")))
                .hasMessage(
                        "the price of grok-a is 'much'; write USD for a million tokens of prompt and completion, such as 2.00 6.00");
    }

    @Test
    void shouldKeepThePace() {
        assertThat(Pace.of(10).afterNanos(5)).isEqualTo(100_000_005);
        assertThat(Pace.of(3).intervalNanos() * 3).isGreaterThanOrEqualTo(1_000_000_000);
        assertThatThrownBy(() -> Pace.of(0)).hasMessageContaining("--rate is 0.0");
    }

    @Test
    void shouldReadCoordinatesOfItsTopicOnly() {
        LetterCoordinates at = new LetterCoordinates("grok.dlq", 1, 2);

        assertThat(LetterCoordinates.parse("grok.dlq-1-2", "grok.dlq")).contains(at);
        assertThat(LetterCoordinates.parse("1-2", "grok.dlq")).contains(at);
        assertThat(LetterCoordinates.parse(at.toString(), "grok.dlq")).contains(at);
        assertThat(LetterCoordinates.parse("grok.requests-1-2", "grok.dlq")).isEmpty();
        assertThat(LetterCoordinates.parse("order-4711", "grok.dlq")).isEmpty();
        assertThat(LetterCoordinates.parse("1-99999999999999999999", "grok.dlq"))
                .isEmpty();
    }
}
