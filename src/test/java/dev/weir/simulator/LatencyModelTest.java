package dev.weir.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LatencyModelTest {
    @Test
    void shouldTakeTheTimeOfItsModel() {
        assertThat(new LatencyModel.Fixed(200).delay(9, 3)).isEqualTo(Duration.ofMillis(200));
        assertThat(new LatencyModel.PerToken(50, 5).delay(10, 3)).isEqualTo(Duration.ofMillis(100));
        assertThat(new LatencyModel.LogNormal(400, 0.5).delay(9, 0)).isEqualTo(Duration.ofMillis(400));
        assertThat(new LatencyModel.LogNormal(400, 0.5).delay(9, 2)).isEqualTo(Duration.ofMillis(1_087));
        assertThat(new LatencyModel.LogNormal(400, 0.5).delay(9, -2)).isEqualTo(Duration.ofMillis(147));
    }

    @Test
    void shouldRefuseTimesAndSpreadsThatMakeNoSense() {
        assertThatThrownBy(() -> new LatencyModel.Fixed(-1)).hasMessage("millis is -1, expected 0 or more");
        assertThatThrownBy(() -> new LatencyModel.LogNormal(1, Double.NaN)).hasMessageContaining("sigma is NaN");
    }
}
