package dev.weir.ops;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class HealthTest {
    private final Health health = new Health();

    @Test
    void shouldBeUpWithoutChecks() {
        assertThat(health.live()).isEqualTo(new Health.Status(true, java.util.List.of()));
    }

    @Test
    void shouldStayUpAndTellWhenDegraded() {
        health.ready("quota", () -> Check.degraded("halted: invalid key"));
        health.ready("streams", Check::up);

        assertThat(health.ready().up()).isTrue();
        assertThat(health.ready().reasons()).containsExactly("quota (degraded): halted: invalid key");
    }

    @Test
    void shouldBeDownWhenOneCheckIs() {
        health.ready("admission", Check::up);
        health.ready("streams", () -> Check.down("REBALANCING"));

        assertThat(health.ready().up()).isFalse();
        assertThat(health.ready().reasons()).containsExactly("streams: REBALANCING");
        assertThat(health.live().up()).as("another group").isTrue();
    }

    @Test
    void shouldTakeABrokenCheckForDownWithoutRepeatingItsMessage() {
        health.live("streams", () -> {
            throw new IllegalStateException("secret");
        });

        assertThat(health.live().up()).isFalse();
        assertThat(health.live().reasons())
                .containsExactly("streams: the check itself failed with IllegalStateException");
    }

    @Test
    void shouldReplaceACheckOfTheSameName() {
        health.live("streams", () -> Check.down("starting"));
        health.live("streams", Check::up);

        assertThat(health.live().up()).isTrue();
    }
}
