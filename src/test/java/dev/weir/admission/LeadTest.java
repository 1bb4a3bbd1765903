package dev.weir.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

final class LeadTest {
    private static final Duration MOST = Duration.ofMillis(250);

    @Test
    void shouldBecomeAsLongAsNearlyAllCallsNeed() {
        Random random = new Random(1);

        assertThat(after(() -> 30 + random.nextInt(40)).millis()).isBetween(58L, 72L);
    }

    @Test
    void shouldNotFollowTheFewThatTakeVeryLong() {
        Random random = new Random(1);

        assertThat(after(() -> random.nextInt(200) == 0 ? 5_000 : 15).millis()).isBetween(12L, 25L);
    }

    @Test
    void shouldKeepWithinItsBounds() {
        assertThat(after(() -> 1).millis()).isEqualTo(10);
        assertThat(after(() -> 2_000).millis()).isEqualTo(MOST.toMillis());
        assertThat(Lead.atMost(Duration.ZERO).after(1_000).millis()).isZero();
    }

    /** The lead after many calls that needed as long as that. */
    private static Lead after(LongSupplier neededMillis) {
        Lead lead = Lead.atMost(MOST);
        for (int i = 0; i < 10_000; i++) {
            lead = lead.after(neededMillis.getAsLong());
        }
        return lead;
    }
}
