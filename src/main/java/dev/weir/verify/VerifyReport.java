package dev.weir.verify;

import java.util.List;

/**
 * What the topics prove.
 *
 * @param accepted request records
 * @param answered of them with a response
 * @param unanswered without one: lost, when the gateway is idle
 * @param doubled with more than one
 * @param unexplained responses to no request
 * @param failedWithoutLetter failed responses without a dead letter
 * @param letterWithoutFailure dead letters without a failed response
 * @param repeated requests whose call Grok answered more than once
 * @param repeatedSilently of them whose response does not say so
 * @param strayDeadLetters dead letters that name no request of this gateway
 */
public record VerifyReport(
        long accepted,
        long answered,
        Finding unanswered,
        Finding doubled,
        Finding unexplained,
        Finding failedWithoutLetter,
        Finding letterWithoutFailure,
        Finding repeated,
        Finding repeatedSilently,
        long strayDeadLetters) {
    /**
     * A count with some of the coordinates.
     *
     * @param count how many
     * @param examples some of them
     */
    public record Finding(long count, List<String> examples) {
        /** Copies the list. */
        public Finding {
            examples = List.copyOf(examples);
        }

        boolean isEmpty() {
            return count == 0;
        }
    }

    /** Whether every request has exactly one outcome, every failed one a dead letter, and no call repeated silently. */
    public boolean promiseKept() {
        return unanswered.isEmpty()
                && doubled.isEmpty()
                && unexplained.isEmpty()
                && failedWithoutLetter.isEmpty()
                && letterWithoutFailure.isEmpty()
                && repeatedSilently.isEmpty();
    }

    /** The report for people, several lines. */
    public String render() {
        StringBuilder text = new StringBuilder();
        line(text, "requests accepted", accepted);
        line(text, "with an outcome", answered);
        line(text, "without an outcome", unanswered);
        line(text, "with more than one outcome", doubled);
        line(text, "outcomes of no request", unexplained);
        line(text, "failed without a dead letter", failedWithoutLetter);
        line(text, "dead letters without a failure", letterWithoutFailure);
        line(text, "calls repeated", repeated);
        line(text, "calls repeated silently", repeatedSilently);
        String verdict = promiseKept()
                ? "The promise is kept: one outcome for each of " + accepted + " requests."
                : "The promise is BROKEN.";
        return text.append("  ").append(verdict).append(System.lineSeparator()).toString();
    }

    private static void line(StringBuilder text, String name, Finding finding) {
        line(text, name, finding.count());
        if (!finding.isEmpty()) {
            String more = finding.count() > finding.examples().size() ? ", …" : "";
            text.append("      ").append(String.join(", ", finding.examples())).append(more);
            text.append(System.lineSeparator());
        }
    }

    private static void line(StringBuilder text, String name, long count) {
        text.append(String.format("  %-32s %,10d%n", name, count));
    }
}
