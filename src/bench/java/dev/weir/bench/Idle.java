package dev.weir.bench;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Nothing to do: processor time, and transactions by the growth of the coordinator's log. */
final class Idle {
    private static final Duration SETTLED = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final long CHECK_MILLIS = 500;

    private Idle() {}

    static Map<String, Double> measure(Session session) throws InterruptedException {
        awaitIdle(session);
        long transactions = Transactions.records(session.bed());
        Meter meter = new Meter(session);
        Thread.sleep(session.options().seconds() * 1_000L);
        Map<String, Double> figures = new TreeMap<>();
        meter.stop(figures, 0);
        figures.put("transaction_log_records", (double) (Transactions.records(session.bed()) - transactions));
        return figures;
    }

    /** Until what the start brought is over; a contestant that never rests is measured all the same. */
    private static void awaitIdle(Session session) throws InterruptedException {
        Quiet quiet = new Quiet(SETTLED);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!quiet.at(Transactions.records(session.bed()), System.nanoTime()) && System.nanoTime() < deadline) {
            Thread.sleep(CHECK_MILLIS);
        }
    }
}
