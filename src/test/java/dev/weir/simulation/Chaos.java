package dev.weir.simulation;

/** What befalls the fleet in a run, drawn beforehand. */
final class Chaos {
    private static final long LATEST_MICROS = 18_000_000;

    private final Timeline timeline;
    private final Scenario scenario;
    private final Fleet fleet;
    private final Trouble trouble;
    private final History history;
    private long overMicros;
    private long lastMicros;

    Chaos(Timeline timeline, Scenario scenario, Fleet fleet, Trouble trouble, History history) {
        this.timeline = timeline;
        this.scenario = scenario;
        this.fleet = fleet;
        this.trouble = trouble;
        this.history = history;
    }

    /** Plans everything; answers when the last of it is over. */
    long plan() {
        if (scenario.crashes()) {
            for (long i = timeline.between(1, 6); i > 0; i--) {
                at("loss", this::lose);
            }
        }
        if (scenario.clockSteps()) {
            for (long i = timeline.between(0, 2); i > 0; i--) {
                at("clock", this::stepClock);
            }
        }
        if (scenario.badWire()) {
            for (long i = timeline.between(0, 2); i > 0; i--) {
                at("wire", this::disturbWire);
            }
        }
        return overMicros;
    }

    /** When the last of it begins. */
    long lastMicros() {
        return lastMicros;
    }

    private void at(String what, Runnable disturbance) {
        long when = timeline.between(500_000, LATEST_MICROS);
        lastMicros = Math.max(lastMicros, when);
        overMicros = Math.max(overMicros, when + 30_000_000);
        timeline.at(when, () -> {
            history.disturbances.add(new History.Disturbance(what, timeline.nowMicros()));
            disturbance.run();
        });
    }

    private void lose() {
        int slot = (int) timeline.between(0, scenario.processes() - 1);
        int task = (int) timeline.between(0, fleet.tasks() - 1);
        switch ((int) timeline.between(0, 4)) {
            case 0 -> {
                history.crashed = true;
                fleet.kill(slot);
            }
            case 1 -> fleet.abort(task);
            case 2 -> fleet.move(task);
            case 3 -> {
                history.crashed = true;
                fleet.freeze(slot, timeline.between(500_000, 20_000_000));
            }
            default -> fleet.restart(slot);
        }
    }

    private void stepClock() {
        long micros =
                timeline.chance(0.5) ? timeline.between(-10_000_000, 10_000_000) : timeline.between(-200_000, 200_000);
        history.clockSlackMillis += Math.abs(micros) / 1_000 + 1;
        fleet.stepClock((int) timeline.between(0, scenario.processes() - 1), micros);
    }

    private void disturbWire() {
        switch ((int) timeline.between(0, 2)) {
            case 0 -> trouble.mostDelayMicros = timeline.between(50_000, 1_500_000);
            case 1 -> trouble.doubleProbability = 0.1;
            default -> {
                history.lostMessages = true;
                trouble.lossProbability = 0.03;
            }
        }
        timeline.in(timeline.between(1_000_000, 10_000_000), () -> {
            trouble.mostDelayMicros = 3_000;
            trouble.doubleProbability = 0;
            trouble.lossProbability = 0;
        });
    }
}
