package dev.weir.cli;

import dev.weir.deadletter.RedrivePlan;
import java.util.Locale;
import java.util.stream.Collectors;

/** A plan or a report of a redrive, for people. */
final class RedriveTable {
    private static final int LONGEST_DETAIL = 160;

    private RedriveTable() {}

    /** What would be done, with the estimate. */
    static String plan(RedrivePlan plan, String name, double perSecond) {
        Table table = new Table();
        table.row("Replay", name);
        table.row("To send", plan.count());
        table.row("Left alone", plan.skippedCount());
        if (plan.count() > 0) {
            table.row("Models", models(plan));
            table.row("Prompt tokens, about", plan.promptTokens());
            table.row("Completion tokens, at most about", plan.completionTokens());
            table.row("Cost, at most about", cost(plan));
            table.row("Time, at least", Printable.span(plan.count() / perSecond));
        }
        return table.render() + leftAlone(plan);
    }

    /** What was done under that name. */
    static String report(RedrivePlan report, String name) {
        Table table = new Table();
        table.row("Replay", name);
        table.row("Redriven", report.count());
        table.row("Left alone", report.skippedCount());
        return table.render() + leftAlone(report);
    }

    private static String models(RedrivePlan plan) {
        return plan.models().entrySet().stream()
                .map(model -> Printable.line(model.getKey(), LONGEST_DETAIL) + " " + model.getValue())
                .collect(Collectors.joining(", "));
    }

    private static String cost(RedrivePlan plan) {
        String known = String.format(Locale.ROOT, "%.4f USD", plan.costUsd());
        if (plan.unpriced() == plan.count()) {
            return "unknown: no price is known for the models";
        }
        return plan.unpriced() == 0 ? known : known + " and " + plan.unpriced() + " for which no price is known";
    }

    private static String leftAlone(RedrivePlan plan) {
        if (plan.skippedCount() == 0) {
            return "";
        }
        Grid counts = new Grid();
        counts.row("COUNT", "LEFT ALONE", "BECAUSE");
        plan.skipped().forEach((why, count) -> counts.row(count, why.id(), why.explanation()));
        Grid examples = new Grid();
        plan.examples().forEach((at, detail) -> examples.row(at, Printable.line(detail, LONGEST_DETAIL)));
        String details = plan.examples().isEmpty() ? "" : System.lineSeparator() + examples.render();
        return System.lineSeparator() + counts.render() + details;
    }
}
