package dev.weir.guarantee;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.ResponseStatus;
import dev.weir.verify.VerifyReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The guarantees of the gateway as checkers. */
public final class Guarantees {
    private static final int MOST_SAMPLES = 5;

    private Guarantees() {}

    /** Fails with every violation of every guarantee, and with what tells how to see it again. */
    public static void check(String run, Evidence evidence, Guarantee... guarantees) {
        List<String> violations = new ArrayList<>();
        for (Guarantee guarantee : guarantees) {
            violations.addAll(guarantee.violations(evidence));
        }
        assertThat(violations).as("violations in %s", run).isEmpty();
    }

    /** Every accepted request has exactly one outcome, and so many were accepted. */
    public static Guarantee oneOutcomeEach(long accepted) {
        return evidence -> {
            VerifyReport report = evidence.report();
            List<String> violations = new ArrayList<>();
            if (!report.promiseKept() || !report.open().none()) {
                violations.add("the promise is not kept: " + report);
            }
            if (report.accepted() < accepted) {
                violations.add("the broker confirmed " + accepted + " requests, the topic has " + report.accepted());
            }
            return violations;
        };
    }

    /** Every accepted request has an outcome, at most so many have more than one, and so many were accepted. */
    public static Guarantee anOutcomeEach(long accepted, long mostRepeated) {
        return evidence -> {
            VerifyReport report = evidence.report();
            List<String> violations = new ArrayList<>();
            if (!report.open().none()
                    || !report.lost().none()
                    || !report.unexplained().none()) {
                violations.add("the promise is not kept: " + report);
            }
            if (report.doubled().count() > mostRepeated) {
                violations.add("at most " + mostRepeated + " outcomes may be repeated: " + report.doubled());
            }
            if (report.accepted() < accepted) {
                violations.add("the broker confirmed " + accepted + " requests, the topic has " + report.accepted());
            }
            return violations;
        };
    }

    /** At most so many requests were answered with success more than once, each marked so. */
    public static Guarantee repeatsAtMost(long most) {
        return evidence -> {
            List<String> violations = new ArrayList<>();
            VerifyReport report = evidence.report();
            long succeeded = report.statuses().getOrDefault(ResponseStatus.SUCCEEDED, 0L);
            if (report.calls() < succeeded) {
                violations.add(
                        "the journal shows " + report.calls() + " successful calls for " + succeeded + " successes");
            }
            if (report.repeatedCalls().count() > most) {
                violations.add("at most " + most + " calls may be repeated: " + report.repeatedCalls());
            }
            if (!report.silentlyRepeated().none()) {
                violations.add("repeated without a word: " + report.silentlyRepeated());
            }
            return violations;
        };
    }

    /** No call was left before its answer was there. */
    public static Guarantee noCallAbandoned() {
        return evidence -> {
            List<String> abandoned = evidence.calls().stream()
                    .filter(call -> call.outcome().equals("abandoned"))
                    .map(GrokCallSeen::request)
                    .toList();
            return abandoned.isEmpty()
                    ? List.of()
                    : List.of(abandoned.size() + " calls were abandoned: "
                            + abandoned.subList(0, Math.min(MOST_SAMPLES, abandoned.size())));
        };
    }

    /** Never more than the limit of calls in any span of that length, those that were turned away included. */
    public static Guarantee neverAbove(int limit, Duration span) {
        return evidence -> {
            long[] at = evidence.calls().stream()
                    .mapToLong(GrokCallSeen::atNanos)
                    .sorted()
                    .toArray();
            List<String> violations = new ArrayList<>();
            for (int i = limit; i < at.length && violations.size() < MOST_SAMPLES; i++) {
                long nanos = at[i] - at[i - limit];
                if (nanos < span.toNanos()) {
                    violations.add("%d calls within %.1f ms from call %d on, allowed are %d in %d ms"
                            .formatted(limit + 1, nanos / 1e6, i - limit, limit, span.toMillis()));
                }
            }
            return violations;
        };
    }

    /** Every instance is ready: no stream thread died for good. */
    public static Guarantee allReady(int instances) {
        return evidence -> {
            List<String> violations = new ArrayList<>();
            if (evidence.notReady().size() != instances) {
                violations.add(instances + " instances should run: " + evidence.notReady());
            }
            evidence.notReady().forEach((instance, reasons) -> {
                if (!reasons.isEmpty()) {
                    violations.add(instance + " is not ready: " + reasons);
                }
            });
            return violations;
        };
    }
}
