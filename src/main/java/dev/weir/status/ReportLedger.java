package dev.weir.status;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides which reports are worth a record: those that changed, those of a scope that was gained a moment ago, and each
 * now and then as a sign of life. A scope that was lost gets a tombstone, which may come after the first report of its
 * next owner; that is why an owner repeats itself in the beginning. Not for several threads.
 */
final class ReportLedger {
    /** A report older than twice this has no living owner. */
    static final Duration SIGN_OF_LIFE = Duration.ofSeconds(30);

    /** Longer than an old owner takes to notice. */
    private static final Duration REPEATED = Duration.ofSeconds(10);

    private final Map<String, Told> told = new HashMap<>();

    private record Told(ScopeReport report, long gainedMillis, long toldMillis) {}

    /**
     * A record to write.
     *
     * @param scope its key
     * @param report its value, null for a tombstone
     */
    record Publication(String scope, @Nullable ScopeReport report) {}

    List<Publication> next(List<ScopeReport> owned, long nowMillis) {
        List<Publication> publications = new ArrayList<>();
        Map<String, Told> before = new HashMap<>(told);
        for (ScopeReport report : owned) {
            Told last = before.remove(report.scope());
            if (last == null || isDue(last, report, nowMillis)) {
                publications.add(new Publication(report.scope(), report));
                long gained = last == null ? nowMillis : last.gainedMillis();
                told.put(report.scope(), new Told(report, gained, nowMillis));
            }
        }
        before.keySet().forEach(lost -> {
            publications.add(new Publication(lost, null));
            told.remove(lost);
        });
        return publications;
    }

    private static boolean isDue(Told last, ScopeReport report, long nowMillis) {
        boolean isNew = nowMillis - last.gainedMillis() <= REPEATED.toMillis();
        boolean isSilent = nowMillis - last.toldMillis() >= SIGN_OF_LIFE.toMillis() || nowMillis < last.toldMillis();
        return isNew || isSilent || !report.saysTheSameAs(last.report());
    }
}
