package dev.weir.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a table, and mostly a plot, shows of a scenario; the raw file has everything. */
record Columns(String scenario, String title, List<Column> columns) {
    private static final Column FOREIGN = new Column("foreign_cores", "cores of others", 2);

    Columns {
        columns = List.copyOf(columns);
    }

    /** A figure, its heading and its digits after the point. */
    record Column(String figure, String heading, int digits) {}

    /** In the order of the report. */
    static List<Columns> all(Options options) {
        List<Columns> all = new ArrayList<>(ALWAYS);
        all.add(waiting(options));
        return all;
    }

    private static Columns waiting(Options options) {
        List<Column> columns = new ArrayList<>();
        for (int count : options.waiting()) {
            String number = String.format(Locale.ROOT, "%,d", count);
            columns.add(new Column("heap_bytes_each_" + count, number + " wait: heap bytes each", 0));
            columns.add(new Column("use_percent_" + count, "% of the quota used", 1));
            columns.add(new Column("restart_seconds_" + count, "killed: s to the first answer", 1));
        }
        return new Columns("waiting", "Requests of 2 KB wait behind a small quota", columns);
    }

    private static final List<Columns> ALWAYS = List.of(
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
                            FOREIGN)),
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
                            FOREIGN)),
            new Columns(
                    "quota",
                    "Backlog under an enforced quota",
                    List.of(
                            new Column("use_percent", "% of the quota used", 1),
                            new Column("refused_percent", "% refused (429)", 2),
                            new Column("most_in_a_second", "most in any second", 0),
                            new Column("quota", "quota/s", 0),
                            FOREIGN)),
            new Columns(
                    "idle",
                    "Idle",
                    List.of(
                            new Column("cores", "cores", 3),
                            new Column("broker_cores", "cores of the broker", 3),
                            new Column("transaction_log_records", "transaction records", 0),
                            new Column("rss_mb", "MB", 0),
                            FOREIGN)),
            new Columns(
                    "priority",
                    "Critical requests, a tenth of the quota: time beyond the provider's, ms",
                    List.of(
                            new Column("loaded_p95_ms", "p95 at three times the quota", 1),
                            new Column("loaded_p50_ms", "p50", 1),
                            new Column("idle_p95_ms", "p95 alone", 1),
                            new Column("idle_p50_ms", "p50 alone", 1),
                            new Column("p95_ratio", "ratio of p95", 2),
                            new Column("backlog", "others left waiting", 0),
                            new Column("refused", "refused (429)", 0),
                            FOREIGN)),
            new Columns(
                    "large",
                    "Drain of bodies of 200 KB, no quota",
                    List.of(
                            new Column("per_second", "answers/s", 0),
                            new Column("mb_per_second", "MB/s", 0),
                            new Column("cpu_us_per_request", "µs CPU/answer", 0),
                            new Column("rss_mb", "MB", 0),
                            new Column("failed", "failed", 0),
                            FOREIGN)),
            new Columns(
                    "in-flight",
                    "Calls in flight at once in one process, a slow provider",
                    List.of(
                            new Column("most_in_flight", "at once, by the simulator", 0),
                            new Column("seconds_to_full", "s until then", 1),
                            new Column("live_mb", "MB of live heap then", 0),
                            new Column("rss_mb", "MB", 0),
                            new Column("failed", "failed", 0),
                            new Column("repeated", "repeated", 0),
                            FOREIGN)),
            kills("restart", "Killed under a backlog and started again: from the start"),
            kills("failover", "One of two killed under a backlog, a standby replica each: from the kill"),
            new Columns(
                    "start",
                    "Start of the process to the first answer",
                    List.of(
                            new Column("seconds", "s", 1),
                            new Column("first_seconds", "the first on a fresh broker or new topics, s", 1))));

    /** Budgets: their columns add up. */
    static List<Columns> budgets() {
        return BUDGETS;
    }

    private static final List<Columns> BUDGETS = List.of(
            new Columns(
                    "overhead",
                    "Where a request's milliseconds beyond the provider's go, means at that rate",
                    List.of(
                            new Column("stage_read_ms", "published, fetched, read", 1),
                            new Column("stage_permit_ms", "waiting for a permit", 1),
                            new Column("stage_commit_ms", "commit before the call, Weir's own", 1),
                            new Column("stage_call_ms", "HTTP, and the provider beyond its time", 1),
                            new Column("stage_appear_ms", "written, committed, fetched", 1),
                            new Column("stage_sum_ms", "sum", 1),
                            new Column("mean_ms", "mean, measured outside", 1))),
            new Columns(
                    "drain",
                    "Where the processor's microseconds of a drained answer go",
                    List.of(
                            new Column(ThreadGroup.DISPATCH.figure(), "dispatch", 0),
                            new Column(ThreadGroup.ADMISSION.figure(), "admission", 0),
                            new Column(ThreadGroup.HTTP.figure(), "HTTP", 0),
                            new Column(ThreadGroup.PRODUCERS.figure(), "producers", 0),
                            new Column(ThreadGroup.COMPILERS.figure(), "compilers", 0),
                            new Column(ThreadGroup.COLLECTOR.figure(), "collector", 0),
                            new Column("cpu_us_rest", "other threads", 0),
                            new Column("cpu_us_per_request", "the contestant", 0),
                            new Column("broker_cpu_us_per_request", "broker", 0),
                            new Column("simulator_cpu_us_per_request", "simulator", 0),
                            new Column("load_cpu_us_per_request", "load and observer", 0))));

    private static Columns kills(String scenario, String title) {
        return new Columns(
                scenario,
                title,
                List.of(
                        new Column("seconds_to_first_answer", "s to an answer", 1),
                        new Column("seconds_to_all_partitions", "s to one of each partition", 1),
                        new Column("longest_silence_seconds", "longest silence, s", 1),
                        new Column("calls_beyond_requests", "calls more than requests", 0),
                        new Column("failed", "failed", 0),
                        new Column("repeated", "repeated", 0)));
    }
}
