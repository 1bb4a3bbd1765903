package dev.weir.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/** Judges real starts by brute force: it shares no idea with the window it judges. */
final class WindowOracle {
    private final List<Long> starts = new ArrayList<>();

    void start(long atMillis) {
        starts.add(atMillis);
    }

    int count() {
        return starts.size();
    }

    void assertNeverAbove(int limit, long spanMillis) {
        for (long from : starts) {
            long inside = starts.stream()
                    .filter(start -> start >= from && start - from < spanMillis)
                    .count();
            assertThat(inside).as("starts in the window from %d", from).isLessThanOrEqualTo(limit);
        }
    }
}
