package dev.weir.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** A backlog under a quota that the simulator enforces with exact windows. */
final class QuotaUse {
    private static final int WARM_UP_SECONDS = 45;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private QuotaUse() {}

    static Map<String, Double> measure(Session session) throws InterruptedException {
        Options options = session.options();
        int count = options.quota() * options.seconds();
        session.load().burst(options.quota() * WARM_UP_SECONDS);
        session.await(session.load().next(), PATIENCE);
        Meter meter = new Meter(session);
        int first = session.load().next();
        session.load().burst(count);
        session.await(session.load().next(), PATIENCE);
        Map<String, Double> figures = new TreeMap<>();
        meter.stop(figures, count);
        long[] arrivals = new long[count];
        for (int i = 0; i < count; i++) {
            arrivals[i] = session.observer().arrival(first + i);
        }
        java.util.Arrays.sort(arrivals);
        int tenth = count / 10;
        double rate = (count - 1 - 2 * tenth) / ((arrivals[count - 1 - tenth] - arrivals[tenth]) / 1e9);
        JsonNode seen = session.grok().seen();
        figures.put("quota", (double) options.quota());
        figures.put("use_percent", 100 * rate / options.quota());
        figures.put("refused_percent", 100.0 * seen.path("too_many_requests").asInt() / count);
        figures.put("most_in_a_second", seen.path("max_per_second").asDouble());
        return figures;
    }
}
