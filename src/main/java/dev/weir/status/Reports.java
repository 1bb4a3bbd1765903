package dev.weir.status;

import dev.weir.admission.AdmissionStatus;
import dev.weir.status.ScopeReport.Place;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From what admission shows to reports. Pure. */
final class Reports {
    private static final long WINDOW_MILLIS = 1_000;

    private Reports() {}

    /**
     * The report of a scope.
     *
     * @param line the first in line, as {@code partition-offset}; read a moment before or after the status
     */
    static ScopeReport of(AdmissionStatus status, List<String> line, String instance) {
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < Math.min(line.size(), ScopeReport.MOST_PLACES); i++) {
            places.add(new Place(line.get(i), i + 1, notBefore(status, i)));
        }
        return new ScopeReport(
                status.scope(),
                status.atMillis(),
                instance,
                status.queued(),
                status.inFlight(),
                status.limits().maxInFlight(),
                status.usedInWindow(),
                status.requestLimit(),
                status.usedTokens(),
                status.reservedTokens(),
                status.tokenLimit(),
                status.limits().requestsPerSecond(),
                status.limits().tokensPerMinute(),
                status.binding().wireName(),
                status.pausedUntilMillis(),
                status.oldestWaitMillis(),
                places);
    }

    /** Each window lets one limit of those before go, at best from now or from the end of the pause on. */
    private static @Nullable Long notBefore(AdmissionStatus status, int before) {
        int limit = status.requestLimit();
        if (limit == 0) {
            return status.paused() ? Long.valueOf(status.pausedUntilMillis()) : null;
        }
        long from = Math.max(status.atMillis(), status.pausedUntilMillis());
        return from + before / limit * WINDOW_MILLIS;
    }
}
