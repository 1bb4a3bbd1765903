package dev.weir.simulation;

/** What goes wrong between the parts at the moment; changed by the run's script. */
final class Trouble {
    private final Timeline timeline;
    double lossProbability;
    double doubleProbability;
    long mostDelayMicros = 3_000;

    Trouble(Timeline timeline) {
        this.timeline = timeline;
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
