package dev.weir.bench;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** As many calls in flight in one process as allowed, with a provider that takes long; the simulator counts them. */
final class InFlight {
    private static final long CHECK_MILLIS = 200;

    private InFlight() {}

    static Map<String, Double> measure(Session session) throws InterruptedException {
        int count = session.setup().inFlight();
        Duration patience = Duration.ofMillis(90_000L + 3L * session.setup().latencyMillis());
        Meter meter = new Meter(session);
        int first = session.load().next();
        session.load().burst(count);
        long deadline = System.nanoTime() + patience.toNanos();
        int most = 0;
        while (most < count && session.observer().seen() < session.load().next() && System.nanoTime() < deadline) {
            most = Math.max(most, session.grok().running());
            Thread.sleep(CHECK_MILLIS);
        }
        double seconds = (System.nanoTime() - session.load().intended(first)) / 1e9;
        Map<String, Double> figures = new TreeMap<>();
        figures.put("most_in_flight", (double) most);
        figures.put("seconds_to_full", seconds);
        figures.put("live_mb", LiveHeap.bytes(session.worker()) / 1e6);
        session.await(session.load().next(), patience);
        meter.stop(figures, count);
        figures.put("failed", (double) session.observer().failed());
        figures.put("repeated", (double) session.observer().repeated());
        return figures;
    }
}
