package dev.weir.simulation;

import java.util.function.Predicate;

/** What goes wrong between the parts at the moment; changed by the run's script. */
final class Trouble {
    private final Timeline timeline;
    double lossProbability;
    double doubleProbability;
    long mostDelayMicros = 3_000;
    private Predicate<LogRecord> swallowed = entry -> false;

    Trouble(Timeline timeline) {
        this.timeline = timeline;
    }

    /** A planted bug: from now on some records vanish, and nobody is told. */
    void swallow(Predicate<LogRecord> some) {
        swallowed = some;
    }

    boolean swallows(LogRecord entry) {
        return swallowed.test(entry);
    }

    boolean losesMessage() {
        return lossProbability > 0 && timeline.chance(lossProbability);
    }

    boolean doublesMessage(String topic) {
        return doubleProbability > 0 && !topic.isEmpty() && timeline.chance(doubleProbability);
    }

    long delayMicros() {
        return timeline.between(200, mostDelayMicros);
    }
}
