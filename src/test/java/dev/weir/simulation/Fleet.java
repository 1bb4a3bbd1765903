package dev.weir.simulation;

import dev.weir.admission.AdmissionStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The gateway processes and what they own. */
final class Fleet {
    private static final long DRAIN_MICROS = 20_000_000;
    /** So long after the last heartbeat a member is thrown out; it sends some in that time. */
    private static final long SESSION_MICROS = 2_000 * SimSettings.ZOMBIE_AFTER.toMillis();

    private final Host.Parts parts;
    private final Timeline timeline;
    private final Scenario scenario;
    private final Trouble trouble;
    private final SimGrok grok;
    private final List<SimProcess> processes = new ArrayList<>();
    private final List<DispatchPartition> requests = new ArrayList<>();
    private final List<AdmissionPartition> asks = new ArrayList<>();
    private final List<Host> zombies = new ArrayList<>();

    private int lives = 1;

    Fleet(Host.Parts parts, Scenario scenario, Trouble trouble, SimGrok grok) {
        this.parts = parts;
        this.timeline = parts.timeline();
        this.scenario = scenario;
        this.trouble = trouble;
        this.grok = grok;
        for (int number = 0; number < scenario.partitions(); number++) {
            requests.add(new DispatchPartition(number));
        }
        for (int number = 0; number < SimSettings.ASKS_PARTITIONS; number++) {
            asks.add(new AdmissionPartition(number));
        }
    }

    List<DispatchPartition> requests() {
        return requests;
    }

    List<AdmissionPartition> asks() {
        return asks;
    }

    List<SimProcess> processes() {
        return processes;
    }

    void start() {
        for (int slot = 0; slot < scenario.processes(); slot++) {
            processes.add(newProcess(slot, 1));
        }
        for (AdmissionPartition each : asks) {
            AdmissionHost.start(any(), each, scenario.partitions(), parts);
        }
        for (DispatchPartition each : requests) {
            DispatchHost.start(any(), each, scenario.partitions(), parts);
        }
    }

    /** Kills a process: its tasks turn up elsewhere in a while, and so does it. */
    void kill(int slot) {
        SimProcess gone = processes.get(slot);
        if (!gone.isAlive()) {
            return;
        }
        gone.die();
        grok.died(gone);
        timeline.note("killed", gone.name());
        timeline.trace(() -> "killed " + gone.name());
        hosts().filter(host -> host.process == gone && host.isRunning()).forEach(host -> {
            host.die();
            restartLater(host, 300_000, 8_000_000);
        });
        zombiesOf(gone).forEach(Host::die);
        reviveLater(slot);
    }

    /** A process stops for so long, then goes on; when that is longer than a session, others have its tasks by then. */
    void freeze(int slot, long forMicros) {
        SimProcess stopped = processes.get(slot);
        if (!takesTasks(stopped)) {
            return;
        }
        timeline.note("frozen", stopped.name(), forMicros);
        timeline.trace(() -> "frozen " + stopped.name() + " for " + forMicros);
        stopped.freeze();
        timeline.in(timeline.between(SESSION_MICROS * 2 / 3, SESSION_MICROS), () -> throwOut(stopped));
        timeline.in(forMicros, () -> {
            timeline.trace(() -> "thaws " + stopped.name());
            stopped.thaw();
            zombiesOf(stopped).forEach(host -> stopped.in(timeline.between(0, 300_000), host::learnThatFenced));
        });
    }

    private void throwOut(SimProcess stopped) {
        if (!stopped.isAlive() || !stopped.isFrozen() || processes.stream().noneMatch(Fleet::takesTasks)) {
            return;
        }
        timeline.trace(() -> "thrown out " + stopped.name());
        stopped.outlive();
        hosts().filter(host -> host.process == stopped && host.isRunning()).forEach(host -> {
            host.fence();
            zombies.add(host);
            restartLater(host, 50_000, 3_000_000);
        });
    }

    private List<Host> zombiesOf(SimProcess process) {
        return zombies.stream()
                .filter(host -> host.process == process && host.isZombie())
                .toList();
    }

    /** A task dies without its process. */
    void abort(int task) {
        Host host = host(task);
        if (host.isRunning() && !host.process.isFrozen()) {
            timeline.note("aborted", host.partition);
            timeline.trace(() -> "aborted " + host.partition);
            host.abort();
            restartLater(host, 50_000, 1_500_000);
        }
    }

    /** A task is moved by a rebalance. */
    void move(int task) {
        Host host = host(task);
        if (host.isRunning() && !host.process.isFrozen()) {
            timeline.note("moved", host.partition);
            timeline.trace(() -> "moved " + host.partition);
            host.leave();
            restartLater(host, 50_000, 3_000_000);
        }
    }

    /** A process is stopped in good order and started again. */
    void restart(int slot) {
        SimProcess leaving = processes.get(slot);
        if (leaving.isAlive() && !leaving.isFrozen()) {
            timeline.note("drains", leaving.name());
            timeline.trace(() -> "drains " + leaving.name());
            leaving.drain();
            endWhenDrained(slot, leaving, timeline.nowMicros() + DRAIN_MICROS);
        }
    }

    private void endWhenDrained(int slot, SimProcess leaving, long latestMicros) {
        if (!leaving.isAlive()) {
            return;
        }
        if (leaving.calls().size() > 0 && timeline.nowMicros() < latestMicros) {
            timeline.in(20_000, () -> endWhenDrained(slot, leaving, latestMicros));
            return;
        }
        hosts().filter(host -> host.process == leaving && host.isRunning()).forEach(host -> {
            host.leave();
            restartLater(host, 50_000, 3_000_000);
        });
        leaving.end();
        grok.died(leaving);
        reviveLater(slot);
    }

    /** Somebody sets the wall clock of a process. */
    void stepClock(int slot, long micros) {
        SimProcess process = processes.get(slot);
        timeline.note("clock of", process.name(), micros);
        process.stepClock(micros);
        timeline.trace(() -> "clock of " + process.name() + " by " + micros);
        hosts().filter(host -> host.process == process && host.isRunning()).forEach(Host::planWake);
    }

    /** How many tasks there are. */
    int tasks() {
        return asks.size() + requests.size();
    }

    private Host host(int task) {
        return task < asks.size() ? asks.get(task).owner : requests.get(task - asks.size()).owner;
    }

    private Stream<Host> hosts() {
        return IntStream.range(0, tasks()).mapToObj(this::host).toList().stream();
    }

    private void reviveLater(int slot) {
        int life = ++lives;
        timeline.in(timeline.between(300_000, 5_000_000), () -> processes.set(slot, newProcess(slot, life)));
    }

    private void restartLater(Host gone, long leastMicros, long mostMicros) {
        timeline.in(timeline.between(leastMicros, mostMicros), () -> restartNow(gone));
    }

    private void restartNow(Host gone) {
        if (processes.stream().noneMatch(Fleet::takesTasks)) {
            restartLater(gone, 300_000, 1_000_000);
        } else if (gone instanceof AdmissionHost) {
            AdmissionHost.start(any(), asks.get(gone.partition), scenario.partitions(), parts);
        } else {
            DispatchHost.start(any(), requests.get(gone.partition), scenario.partitions(), parts);
        }
    }

    private static boolean takesTasks(SimProcess process) {
        return process.isAlive() && !process.isDraining() && !process.isFrozen();
    }

    SimProcess newProcess(int slot, int life) {
        Wire wire = new Wire(parts.timeline(), parts.broker(), trouble);
        return new SimProcess(
                "p" + slot + "." + life,
                parts.timeline(),
                wire,
                scenario.partitions(),
                grok,
                Simulation.WALL_START * 1_000 + (scenario.clockSteps() ? timeline.between(-30_000, 30_000) : 0));
    }

    /** A living process. */
    SimProcess any() {
        List<SimProcess> living = processes.stream().filter(Fleet::takesTasks).toList();
        return living.get((int) parts.timeline().between(0, living.size() - 1));
    }

    /** Whether every task is owned and no call is under way. */
    boolean isSettled() {
        return hosts().allMatch(Host::isRunning)
                && processes.stream()
                        .allMatch(process ->
                                takesTasks(process) && process.calls().size() == 0);
    }

    /** What still holds or waits for a permit, though all is over. */
    List<String> notAtRest() {
        List<String> restless = new ArrayList<>();
        for (AdmissionPartition each : asks) {
            if (each.owner == null || !each.owner.isRunning()) {
                restless.add("asks partition " + each.number + " has no owner");
                continue;
            }
            for (AdmissionStatus status : each.owner.board().all()) {
                if (status.inFlight() != 0 || status.queued() != 0) {
                    restless.add("scope " + status.scope() + " has " + status.inFlight() + " leases and "
                            + status.queued() + " asks left");
                }
            }
        }
        return restless;
    }

    void stop() {
        hosts().filter(Host::isRunning).forEach(Host::die);
    }
}
