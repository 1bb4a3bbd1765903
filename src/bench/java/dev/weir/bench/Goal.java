package dev.weir.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a figure of Weir should be at least or at most.
 *
 * @param what in words
 * @param scenario where it is measured
 * @param figure its name there
 * @param least it should be no less; negative infinity for no such bound
 * @param most it should be no more; infinity for no such bound
 * @param digits after the point
 */
record Goal(String what, String scenario, String figure, double least, double most, int digits) {
    /** Not a figure of its own: answers per second over those of Parallel Consumer in the same run. */
    static final String RATIO = "ratio";

    private static final int GOAL_RATE = 200;
    private static final int GOAL_IN_FLIGHT = 10_000;

    /** The goals for a guarantee that make sense with these options. */
    static List<Goal> of(String guarantee, Options options) {
        boolean exactly = guarantee.equals("exactly_once_v2");
        List<Goal> goals = new ArrayList<>();
        goals.add(atLeast("drain, answers/s over those of parallel-consumer", "drain", RATIO, exactly ? 0.8 : 1, 2));
        if (options.rate() == GOAL_RATE) {
            goals.add(atMost("overhead at 200/s, p50, ms", "overhead", "p50_ms", exactly ? 25 : 8, 1));
            goals.add(atMost("overhead at 200/s, p99, ms", "overhead", "p99_ms", exactly ? 80 : 30, 1));
        }
        goals.add(atLeast("quota used under a backlog, %", "quota", "use_percent", 97, 1));
        goals.add(atMost("most calls in any second", "quota", "most_in_a_second", options.quota(), 0));
        goals.add(atMost("refused (429), %", "quota", "refused_percent", 0.1, 2));
        goals.add(atMost("critical under overload, p95 over that alone", "priority", "p95_ratio", 2, 2));
        if (options.many() >= GOAL_IN_FLIGHT) {
            goals.add(atLeast("in flight in one process", "in-flight", "most_in_flight", GOAL_IN_FLIGHT, 0));
        }
        goals.add(atMost("idle, transaction records", "idle", "transaction_log_records", 0, 0));
        goals.add(atMost("idle, cores", "idle", "cores", 0.03, 3));
        goals.add(atMost("start to the first answer, s", "start", "seconds", 6, 1));
        for (int count : options.waiting()) {
            String what = String.format(Locale.ROOT, "quota used while %,d wait, %%", count);
            goals.add(atLeast(what, "waiting", "use_percent_" + count, 97, 1));
            String heap = String.format(Locale.ROOT, "live heap while %,d wait, %% of the stated bound", count);
            goals.add(atMost(heap, "waiting", "heap_percent_of_bound_" + count, 100, 0));
        }
        return goals;
    }

    private static Goal atLeast(String what, String scenario, String figure, double least, int digits) {
        return new Goal(what, scenario, figure, least, Double.POSITIVE_INFINITY, digits);
    }

    private static Goal atMost(String what, String scenario, String figure, double most, int digits) {
        return new Goal(what, scenario, figure, Double.NEGATIVE_INFINITY, most, digits);
    }

    boolean isMetBy(double measured) {
        return measured >= least && measured <= most;
    }

    /** The bound in words. */
    String bound() {
        return Double.isInfinite(least) ? number(most) + " or less" : number(least) + " or more";
    }

    String number(double value) {
        return String.format(Locale.ROOT, "%,." + digits + "f", value);
    }
}
