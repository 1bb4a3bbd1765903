package dev.weir.bench;

import java.util.Map;
import java.util.TreeMap;

/** Nothing to do: processor time, and transactions by the growth of the coordinator's log. */
final class Idle {
    private static final long SETTLE_MILLIS = 5_000;

    private Idle() {}

    static Map<String, Double> measure(Session session) throws InterruptedException {
        Thread.sleep(SETTLE_MILLIS);
        long transactions = Transactions.records(session.bed());
        Meter meter = new Meter(session);
        Thread.sleep(session.options().seconds() * 1_000L);
        Map<String, Double> figures = new TreeMap<>();
        meter.stop(figures, 0);
        figures.put("transaction_log_records", (double) (Transactions.records(session.bed()) - transactions));
        return figures;
    }
}
