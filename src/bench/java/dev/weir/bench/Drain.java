package dev.weir.bench;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** A backlog is worked off. The rate is that between the first and the last tenth of the answers. */
final class Drain {
    private static final Duration WARM_UP = Duration.ofSeconds(150);
    private static final int SECONDS_AT_LEAST = 6;
    private static final int LARGE_AT_LEAST = 200;
    private static final int LARGE_SHARE = 10;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private Drain() {}

    static Map<String, Double> measure(Session session) throws InterruptedException {
        return measure(session, session.options().requests());
    }

    /** A tenth as many requests, for their bodies are large. */
    static Map<String, Double> large(Session session) throws InterruptedException {
        Map<String, Double> figures =
                measure(session, Math.max(LARGE_AT_LEAST, session.options().requests() / LARGE_SHARE));
        double megabytes = session.setup().bytes() / 1e6;
        figures.put("mb_per_second", figures.get("per_second") * megabytes);
        return figures;
    }

    private static Map<String, Double> measure(Session session, int requests) throws InterruptedException {
        int count = count(session, requests);
        warmUp(session, Math.max(1, count / 4));
        long transactions = Transactions.records(session.bed());
        Meter meter = new Meter(session);
        int first = session.load().next();
        run(session, count);
        Map<String, Double> figures = new TreeMap<>();
        meter.stop(figures, count);
        long written = Transactions.records(session.bed()) - transactions;
        figures.put("transaction_log_records_per_answer", (double) written / count);
        rates(session, first, count, figures);
        return figures;
    }

    /**
     * The compilers of a contestant take much of a core for most of a minute under load, and some for another, which no
     * gateway of weeks sees.
     */
    private static void warmUp(Session session, int count) throws InterruptedException {
        long startedNanos = System.nanoTime();
        do {
            run(session, count);
        } while (System.nanoTime() - startedNanos < WARM_UP.toNanos());
    }

    /** As many as asked for, or what those with few slots can do in some seconds. */
    static int count(Session session, int requests) {
        Setup setup = session.setup();
        int slots = session.contestant().kind().slots(setup.inFlight());
        double ceiling = slots * 1e3 / setup.latencyMillis();
        return (int) Math.min(requests, ceiling * SECONDS_AT_LEAST);
    }

    private static void run(Session session, int count) throws InterruptedException {
        session.load().burst(count);
        session.await(session.load().next(), PATIENCE);
    }

    private static void rates(Session session, int first, int count, Map<String, Double> figures) {
        long[] arrivals = new long[count];
        for (int i = 0; i < count; i++) {
            arrivals[i] = session.observer().arrival(first + i);
        }
        java.util.Arrays.sort(arrivals);
        int tenth = count / 10;
        double middle = (arrivals[count - 1 - tenth] - arrivals[tenth]) / 1e9;
        double whole = (arrivals[count - 1] - session.load().intended(first)) / 1e9;
        figures.put("requests", (double) count);
        figures.put("per_second", (count - 1 - 2 * tenth) / middle);
        figures.put("per_second_with_ends", count / whole);
        figures.put("failed", (double) session.observer().failed());
        figures.put("repeated", (double) session.observer().repeated());
    }
}
