package dev.weir.bench;

import java.util.List;

/** What the table and the plots show of a scenario; the raw file has everything. */
record Columns(String scenario, String title, List<Column> columns) {
    Columns {
        columns = List.copyOf(columns);
    }

    /** A figure, its heading and its digits after the point. */
    record Column(String figure, String heading, int digits) {}

    /** In the order of the report. */
    static final List<Columns> ALL = List.of(
            new Columns(
                    "drain",
                    "Drain of a backlog, no quota",
                    List.of(
                            new Column("per_second", "answers/s", 0),
                            new Column("cpu_us_per_request", "µs CPU/answer", 0),
                            new Column("broker_cpu_us_per_request", "µs of the broker", 0),
                            new Column("transaction_log_records_per_answer", "transaction records/answer", 2),
                            new Column("rss_mb", "MB", 0),
                            new Column("failed", "failed", 0),
                            new Column("repeated", "repeated", 0),
                            new Column("foreign_cores", "cores of others", 2))),
            new Columns(
                    "overhead",
                    "Overhead beyond the provider's time at a fixed rate, ms",
                    List.of(
                            new Column("p50_ms", "p50", 1),
                            new Column("p90_ms", "p90", 1),
                            new Column("p99_ms", "p99", 1),
                            new Column("p999_ms", "p99.9", 1),
                            new Column("max_ms", "max", 1),
                            new Column("cores", "cores", 2),
                            new Column("broker_cores", "cores of the broker", 2),
                            new Column("foreign_cores", "cores of others", 2))),
            new Columns(
                    "quota",
                    "Backlog under an enforced quota",
                    List.of(
                            new Column("use_percent", "% of the quota used", 1),
                            new Column("refused_percent", "% refused (429)", 2),
                            new Column("most_in_a_second", "most in any second", 0),
                            new Column("quota", "quota/s", 0),
                            new Column("foreign_cores", "cores of others", 2))),
            new Columns(
                    "idle",
                    "Idle",
                    List.of(
                            new Column("cores", "cores", 3),
                            new Column("broker_cores", "cores of the broker", 3),
                            new Column("transaction_log_records", "transaction records", 0),
                            new Column("rss_mb", "MB", 0),
                            new Column("foreign_cores", "cores of others", 2))),
            new Columns("start", "Start of the process to the first answer", List.of(new Column("seconds", "s", 1))));
}
