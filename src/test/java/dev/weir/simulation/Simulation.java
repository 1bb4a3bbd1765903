package dev.weir.simulation;

import dev.weir.admission.GrantSight;
import dev.weir.event.ResponseCodec;
import dev.weir.event.WeirHeaders;
import java.util.ArrayList;

/** One run of the whole system in virtual time: the same seed, the same run. */
final class Simulation {
    static final long WALL_START = 1_790_000_000_000L;
    private static final long PUBLISHING_MICROS = 15_000_000;
    /** No request may take longer than this after the last disturbance. */
    private static final long PATIENCE_MICROS = 600_000_000;

    private static final long REST_MICROS = 8_000_000;
    /** A settle that was lost is made up for by the end of its lease; where a clock went back, ticks come late. */
    private static final long LONG_REST_MICROS = 60_000_000;

    private final Scenario scenario;
    private final Timeline timeline;
    private final Broker broker = new Broker();
    private final History history = new History();
    private final Weather weather = new Weather();
    private final Trouble trouble;
    private final SimGrok grok;
    private final Fleet fleet;
    private final Chaos chaos;

    Simulation(long seed, Scenario scenario) {
        this.scenario = scenario;
        this.timeline = new Timeline(seed);
        this.trouble = new Trouble(timeline);
        this.grok = new SimGrok(timeline, weather);
        this.fleet = new Fleet(new Host.Parts(timeline, broker), scenario, trouble, grok);
        this.chaos = new Chaos(timeline, scenario, fleet, trouble, history);
    }

    /** A draw for bugs that strike now and then. */
    boolean chance(double probability) {
        return timeline.chance(probability);
    }

    /** Does that at that time, beside what the seed brings. */
    void at(long micros, Runnable action) {
        timeline.at(micros, action);
    }

    SimGrok grok() {
        return grok;
    }

    Fleet fleet() {
        return fleet;
    }

    /** Four times a second a task is moved by a rebalance, and restores what is stored. */
    void moveOften() {
        for (int i = 0; i < 80; i++) {
            int task = i % fleet.tasks();
            timeline.at(2_000_000 + i * 250_000L, () -> fleet.move(task));
        }
    }

    Trouble trouble() {
        return trouble;
    }

    /** Runs to the end, or until patience ends. */
    History run() {
        for (int partition = 0; partition < scenario.partitions(); partition++) {
            broker.reader(Topics.RESPONSES, partition, () -> {});
        }
        fleet.asks()
                .forEach(partition -> partition.permits.watch((key, value) -> GrantSight.of(key.get(), value)
                        .ifPresent(grant -> grok.reserve(Topics.REQUESTS + "-" + grant.lease(), grant.tokens()))));
        fleet.start();
        new Workload(timeline, broker, history, scenario.partitions())
                .plan(scenario.requests(), timeline.between(1_000_000, PUBLISHING_MICROS));
        if (scenario.badWeather()) {
            Moods.plan(timeline, weather);
        }
        timeline.at(PUBLISHING_MICROS, () -> {});
        long quietAt = Math.max(PUBLISHING_MICROS, Math.max(weather.overMicros(), chaos.plan()));
        while (!isDone() && timeline.step(quietAt + PATIENCE_MICROS)) {
            // Every step is one event.
        }
        history.finished = isDone();
        history.endedMicros = timeline.nowMicros();
        boolean late = history.lostMessages || scenario.clockSteps();
        long restUntil = timeline.nowMicros() + (late ? LONG_REST_MICROS : REST_MICROS);
        while (timeline.step(restUntil)) {
            // What is still under way settles.
        }
        collect();
        fleet.stop();
        return history;
    }

    private boolean isDone() {
        if (timeline.nowMicros() < PUBLISHING_MICROS || timeline.nowMicros() < chaos.lastMicros()) {
            return false;
        }
        int answered = 0;
        for (int partition = 0; partition < scenario.partitions(); partition++) {
            answered += broker.log(Topics.RESPONSES, partition).size();
        }
        return answered >= history.published.size() && fleet.isSettled();
    }

    private void collect() {
        for (int partition = 0; partition < scenario.partitions(); partition++) {
            for (LogRecord entry : broker.log(Topics.RESPONSES, partition)) {
                history.responses.add(ResponseCodec.read(entry.value()));
            }
            for (LogRecord entry : broker.log(Topics.DEAD_LETTERS, partition)) {
                history.deadLetters.add(source(entry));
            }
            for (var tier : Topics.RETRIES) {
                for (LogRecord entry : broker.log(tier.topic(), partition)) {
                    history.retries.add(new History.Retry(
                            source(entry),
                            Integer.parseInt(entry.header(WeirHeaders.TRY)),
                            Long.parseLong(entry.header(WeirHeaders.NOT_BEFORE))));
                }
            }
        }
        history.calls = new ArrayList<>(grok.journal());
        history.unreached = grok.unreached();
        history.weather = weather;
        fleet.notAtRest().forEach(history.notAtRest::add);
        history.fingerprint = timeline.fingerprint();
    }

    private static String source(LogRecord entry) {
        return entry.header(WeirHeaders.SOURCE_TOPIC) + "-" + entry.header(WeirHeaders.SOURCE_PARTITION) + "-"
                + entry.header(WeirHeaders.SOURCE_OFFSET);
    }
}
