package dev.weir.admission;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class OwnerProofTest {
    private final OwnerProof proof = new OwnerProof(3_000, 0);

    @Test
    void shouldHoldWhileTheTaskRuns() {
        assertThat(proof.alive(3_000)).isFalse();
        assertThat(proof.alive(6_000)).isFalse();
        assertThat(proof.holds()).isTrue();
    }

    @Test
    void shouldDoubtAfterASilenceUntilACommit() {
        assertThat(proof.alive(3_001)).isTrue();
        assertThat(proof.holds()).isFalse();
        assertThat(proof.alive(3_010)).as("asks once").isFalse();
        assertThat(proof.holds()).isFalse();

        proof.committed();

        assertThat(proof.holds()).isTrue();
    }

    @Test
    void shouldBelieveAgainAfterAWholeSessionWithoutASilence() {
        proof.alive(10_000);
        for (long now = 10_005; now <= 16_000; now += 5) {
            proof.alive(now);
            assertThat(proof.holds()).isFalse();
        }

        proof.alive(16_001);

        assertThat(proof.holds()).isTrue();
    }
}
