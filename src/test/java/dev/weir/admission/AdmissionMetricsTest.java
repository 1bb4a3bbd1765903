package dev.weir.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Reason;
import dev.weir.event.StopClass;
import dev.weir.permit.InboxMessage;
import dev.weir.permit.LeaseKey;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

final class AdmissionMetricsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AdmissionMetrics metrics = new AdmissionMetrics(registry, new AdmissionBoard());

    @Test
    void shouldCountRefusalsUnderTheirReason() {
        metrics.refused(refusal(StopClass.FATAL));
        metrics.refused(refusal(StopClass.FATAL));
        metrics.refused(refusal(StopClass.EXPIRED));

        assertThat(refused(Reason.EXCEEDS_QUOTA)).isEqualTo(2);
        assertThat(refused(Reason.DEADLINE_PASSED)).isEqualTo(1);
    }

    private double refused(Reason why) {
        return registry.get("weir.admission.refused")
                .tag("scope", "grok-4.5")
                .tag("why", why.id())
                .counter()
                .count();
    }

    private static InboxMessage.Refusal refusal(StopClass stopClass) {
        return new InboxMessage.Refusal("grok-4.5", 1, new LeaseKey(0, 7, 1), stopClass, "no");
    }
}
