package dev.weir.verify;

import dev.weir.event.ResponseStatus;
import java.util.Locale;

/** A report as text for people: one line for each count, the examples indented below, the verdict last. */
public final class ReportTable {
    private ReportTable() {}

    /** The lines, each ended by a newline. */
    public static String of(VerifyReport report) {
        StringBuilder text = new StringBuilder();
        count(text, "accepted requests", report.accepted());
        count(text, "answered", report.answered());
        for (ResponseStatus status : ResponseStatus.values()) {
            count(text, "  " + status.wireName(), report.statuses().getOrDefault(status, 0L));
        }
        if (!report.open().none()) {
            finding(text, "open, no response yet", report.open());
        }
        finding(text, "lost", report.lost());
        finding(text, "doubled responses", report.doubled());
        finding(text, "unexplained responses", report.unexplained());
        finding(text, "failed without a dead letter", report.failedWithoutDeadLetter());
        finding(text, "dead letters without a failure", report.deadLettersWithoutFailure());
        finding(text, "doubled dead letters", report.doubledDeadLetters());
        if (report.calls() > 0) {
            count(text, "successful calls", report.calls());
            finding(text, "repeated calls", report.repeatedCalls());
            finding(text, "  not marked possiblyRepeated", report.silentlyRepeated());
        }
        report.notes().forEach(note -> text.append("note: ").append(note).append('\n'));
        return text.append(verdict(report)).append('\n').toString();
    }

    private static String verdict(VerifyReport report) {
        if (!report.promiseKept()) {
            return "BROKEN: one terminal outcome per accepted request does not hold";
        }
        return report.open().none()
                ? "KEPT: one terminal outcome per accepted request"
                : "KEPT so far: " + report.open().count() + " requests are still open";
    }

    private static void finding(StringBuilder text, String name, Finding finding) {
        count(text, name, finding.count());
        finding.samples().forEach(sample -> text.append("      ").append(sample).append('\n'));
        long more = finding.count() - finding.samples().size();
        if (more > 0) {
            text.append("      … and ").append(more).append(" more\n");
        }
    }

    private static void count(StringBuilder text, String name, long count) {
        text.append(String.format(Locale.ROOT, "%-32s %,12d%n", name, count));
    }
}
