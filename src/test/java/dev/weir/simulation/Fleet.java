package dev.weir.simulation;

import dev.weir.admission.AdmissionStatus;
import java.util.ArrayList;
import java.util.List;

/** The gateway processes and what they own. */
final class Fleet {
    private final Host.Parts parts;
    private final Scenario scenario;
    private final Trouble trouble;
    private final SimGrok grok;
    private final List<SimProcess> processes = new ArrayList<>();
    private final List<DispatchPartition> requests = new ArrayList<>();
    private final List<AdmissionPartition> asks = new ArrayList<>();

    Fleet(Host.Parts parts, Scenario scenario, Trouble trouble, SimGrok grok) {
        this.parts = parts;
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

    SimProcess newProcess(int slot, int life) {
        Wire wire = new Wire(parts.timeline(), parts.broker(), trouble);
        return new SimProcess(
                "p" + slot + "." + life,
                parts.timeline(),
                wire,
                SimSettings.ASKS_PARTITIONS,
                grok,
                Simulation.WALL_START * 1_000);
    }

    /** A living process. */
    SimProcess any() {
        List<SimProcess> living = processes.stream().filter(SimProcess::isAlive).toList();
        return living.get((int) parts.timeline().between(0, living.size() - 1));
    }

    int callsHeld() {
        return processes.stream()
                .filter(SimProcess::isAlive)
                .mapToInt(process -> process.calls().size())
                .sum();
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
        asks.forEach(each -> each.owner.die());
        requests.forEach(each -> each.owner.die());
    }
}
