package dev.weir.bench;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.HdrHistogram.Histogram;

/**
 * Critical requests take a tenth of the quota: first alone, then among normal ones that ask for three times the quota.
 * Open loop; what is measured is the time beyond the provider's.
 */
final class Priorities {
    private static final int WARM_UP_SECONDS = 45;
    private static final double WARM_UP_SHARE = 0.8;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long CHECK_MILLIS = 5;
    private static final int DIGITS = 3;
    private static final int OVERLOAD = 3;
    private static final int SHARE = 10;

    private Priorities() {}

    static Map<String, Double> measure(Session session) throws InterruptedException {
        Options options = session.options();
        double critical = (double) options.quota() / SHARE;
        Map<String, Double> figures = new TreeMap<>();
        double warm = options.quota() * WARM_UP_SHARE;
        session.load().openLoop(warm, (int) (warm * WARM_UP_SECONDS), number -> false);
        session.await(session.load().next(), PATIENCE);
        int first = session.load().next();
        session.load().openLoop(critical, (int) (critical * options.seconds()), number -> true);
        percentiles("idle", wait(session, first, number -> true), figures);
        int loaded = session.load().next();
        int every = OVERLOAD * SHARE;
        IntPredicate isCritical = number -> (number - loaded) % every == 0;
        Meter meter = new Meter(session);
        double rate = OVERLOAD * (double) options.quota();
        session.load().openLoop(rate, (int) (rate * options.seconds()), isCritical);
        percentiles("loaded", wait(session, loaded, isCritical), figures);
        meter.stop(figures, 0);
        figures.put("p95_ratio", figures.get("loaded_p95_ms") / figures.get("idle_p95_ms"));
        figures.put(
                "backlog", (double) (session.load().next() - session.observer().seen()));
        figures.put("refused", session.grok().seen().path("too_many_requests").asDouble());
        return figures;
    }

    /** Waits for the critical ones only: many others are left behind. */
    private static Histogram wait(Session session, int first, IntPredicate isCritical) throws InterruptedException {
        Histogram micros = new Histogram(DIGITS);
        for (int number = first; number < session.load().next(); number++) {
            if (!isCritical.test(number)) {
                continue;
            }
            int waited = number;
            session.until(
                    () -> session.observer().arrival(waited) != 0,
                    CHECK_MILLIS,
                    PATIENCE,
                    () -> "critical request " + waited + " has no answer");
            long nanos = session.observer().arrival(number) - session.load().intended(number);
            micros.recordValue(Math.max(0, nanos / 1_000 - session.setup().latencyMillis() * 1_000L));
        }
        return micros;
    }

    private static void percentiles(String when, Histogram micros, Map<String, Double> figures) {
        figures.put(when + "_p50_ms", micros.getValueAtPercentile(50) / 1e3);
        figures.put(when + "_p95_ms", micros.getValueAtPercentile(95) / 1e3);
        figures.put(when + "_max_ms", micros.getMaxValue() / 1e3);
    }
}
