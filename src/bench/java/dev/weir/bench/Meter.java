package dev.weir.bench;

import java.util.Map;

/**
 * Processor time and memory between two moments, for the contestant, the broker and the simulator, and what processes
 * outside the benchmark took away.
 */
final class Meter {
    private final Session session;
    private final Child.Usage worker;
    private final ThreadTimes threads;
    private final Child.Usage broker;
    private final Child.Usage simulator;
    private final long ownMillis = ownMillis();
    private final Machine machine = Machine.now();
    private final long startedNanos = System.nanoTime();

    Meter(Session session) {
        this.session = session;
        this.worker = session.worker().usage();
        this.threads = ThreadTimes.of(session.worker());
        this.broker = session.bed().broker().usage();
        this.simulator = session.grok().process().usage();
    }

    /** The processor time of the load and the observer. */
    private static long ownMillis() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(java.time.Duration::toMillis)
                .orElse(0L);
    }

    /** Adds what was used since; with requests also the processor time of each. */
    void stop(Map<String, Double> figures, int requests) {
        double seconds = (System.nanoTime() - startedNanos) / 1e9;
        Child.Usage now = session.worker().usage();
        ThreadTimes threadsNow = ThreadTimes.of(session.worker());
        double cpu = now.cpuMillis() - worker.cpuMillis();
        double brokerCpu = session.bed().broker().usage().cpuMillis() - broker.cpuMillis();
        double simulatorCpu = session.grok().process().usage().cpuMillis() - simulator.cpuMillis();
        double own = (ownMillis() - ownMillis) / 1e3 / seconds;
        double foreign = Machine.now().coresSince(machine) - (cpu + brokerCpu + simulatorCpu) / 1e3 / seconds - own;
        figures.put("foreign_cores", Math.max(0, foreign));
        figures.put("cores", cpu / 1e3 / seconds);
        figures.put("broker_cores", brokerCpu / 1e3 / seconds);
        figures.put("simulator_cores", simulatorCpu / 1e3 / seconds);
        figures.put("rss_mb", now.rssKilobytes() / 1024.0);
        if (requests > 0) {
            figures.put("cpu_us_per_request", cpu * 1e3 / requests);
            figures.put("broker_cpu_us_per_request", brokerCpu * 1e3 / requests);
            figures.put("simulator_cpu_us_per_request", simulatorCpu * 1e3 / requests);
            figures.put("load_cpu_us_per_request", own * seconds * 1e6 / requests);
            threads(threadsNow, cpu, requests, figures);
        }
    }

    private void threads(ThreadTimes now, double cpuMillis, int requests, Map<String, Double> figures) {
        Map<ThreadGroup, Long> used = now.groupsSince(threads, session.worker());
        used.forEach((group, millis) -> figures.put(group.figure(), millis * 1e3 / requests));
        double rest =
                cpuMillis - used.values().stream().mapToLong(Long::longValue).sum();
        figures.put("cpu_us_rest", rest * 1e3 / requests);
    }
}
