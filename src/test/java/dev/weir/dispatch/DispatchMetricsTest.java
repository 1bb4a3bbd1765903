package dev.weir.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

final class DispatchMetricsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final DispatchMetrics metrics = new DispatchMetrics(registry);

    @Test
    void shouldShowEveryMeterWithoutTagsAtZeroFromTheBeginning() {
        assertThat(registry.getMeters())
                .filteredOn(meter -> meter.getId().getName().startsWith("weir."))
                .allSatisfy(meter -> assertThat(meter.measure())
                        .allSatisfy(measured -> assertThat(measured.getValue()).isZero()))
                .extracting(meter -> meter.getId().getName())
                .contains(
                        "weir.requests.accepted",
                        "weir.waiting",
                        "weir.in.flight",
                        "weir.undecoded",
                        "weir.handed.over",
                        "weir.cost.usd",
                        "weir.queue",
                        "weir.provider",
                        "weir.overhead");
    }

    @Test
    void shouldCountOnTheMetersThatWereThere() {
        int before = registry.getMeters().size();

        metrics.accepted();
        metrics.handedOver();
        metrics.called(250);

        assertThat(registry.getMeters()).hasSize(before);
        assertThat(registry.get("weir.requests.accepted").counter().count()).isEqualTo(1);
        assertThat(registry.get("weir.handed.over").counter().count()).isEqualTo(1);
        assertThat(registry.get("weir.provider").timer().count()).isEqualTo(1);
    }
}
