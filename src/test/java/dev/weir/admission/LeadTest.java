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

        Lead lead = after(5_000, () -> 30 + random.nextInt(40));

        assertThat(lead.millis()).isBetween(55L, 75L);
    }

    @Test
    void shouldBecomeShortWhereCallsStartAtOnce() {
        assertThat(after(5_000, () -> 1).millis()).isEqualTo(20);
    }

    @Test
    void shouldNotGrowWithoutBound() {
        assertThat(after(5_000, () -> 2_000).millis()).isEqualTo(MOST.toMillis());
        assertThat(Lead.atMost(Duration.ZERO).after(0, 0, 1_000).millis()).isZero();
    }

    @Test
    void shouldLearnNothingBadOfACallThatWasGrantedLate() {
        Lead lead = Lead.atMost(MOST);

        assertThat(lead.after(1_000, 1_000, 1_060).micros()).isLessThan(lead.micros());
        assertThat(lead.after(1_000, 1_000, 1_160).micros()).isGreaterThan(lead.micros());
    }

    /** The lead after so many calls that were granted in time and took that long. */
    private static Lead after(int calls, LongSupplier tookMillis) {
        Lead lead = Lead.atMost(MOST);
        long now = 1_000_000;
        for (int i = 0; i < calls; i++) {
            long notBefore = now + lead.millis();
            lead = lead.after(now, notBefore, Math.max(notBefore, now + tookMillis.getAsLong()));
            now += 10;
        }
        return lead;
    }
}
