package dev.weir.status;

import dev.weir.admission.AdmissionStatus;
import dev.weir.admission.Binding;
import dev.weir.admission.ScopeLimits;
import dev.weir.event.Priority;
import java.util.Map;

/** Statuses of admission for tests. */
final class Statuses {
    private Statuses() {}

    static AdmissionStatus waiting(String scope, int queued, int requestsPerSecond, long at) {
        return new AdmissionStatus(
                scope,
                new ScopeLimits(requestsPerSecond, 10),
                Map.of(Priority.NORMAL, queued),
                1,
                2,
                requestsPerSecond,
                0L,
                0L,
                0L,
                0L,
                Binding.REQUESTS,
                0,
                0,
                500,
                at);
    }

    static AdmissionStatus paused(String scope, int queued, int requestsPerSecond, long at, long until) {
        return new AdmissionStatus(
                scope,
                new ScopeLimits(requestsPerSecond, 10),
                Map.of(Priority.NORMAL, queued),
                1,
                2,
                requestsPerSecond,
                0L,
                0L,
                0L,
                0L,
                Binding.PAUSE,
                until,
                0,
                500,
                at);
    }
}
