package dev.weir.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir bench}: measures Weir beside its peers on the same broker, simulator, payloads and producer settings. */
@Command(
        name = "weir bench",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Measures Weir beside what you would pick instead; broker and simulator are started for it.")
final class Bench implements Callable<Integer> {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private static final double QUIET_CORES = 0.25;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--scenarios",
            split = ",",
            description = "Of start, overhead, drain, idle, quota, priority, large, in-flight, restart, failover,"
                    + " waiting; or all.")
    private List<String> scenarios = List.of("start", "overhead", "drain", "idle", "quota", "priority");

    @Option(
            names = "--contestant",
            description = "Repeatable; weir-eos, weir-alo, parallel-consumer, raw-loop, blocking-pool, or a variant"
                    + " such as two=weir-eos,stream.threads=2 or old=weir-eos,jar=FILE.")
    private List<String> contestants =
            List.of("weir-eos", "weir-alo", "parallel-consumer", "raw-loop", "blocking-pool");

    @Option(names = "--rounds", description = "Each round asks every contestant, in another order.")
    private int rounds = 3;

    @Option(names = "--requests", description = "Requests of a drain.")
    private int requests = 20_000;

    @Option(names = "--in-flight", description = "Calls in flight at the same time.")
    private int inFlight = 1_000;

    @Option(names = "--bytes", description = "Bytes of a request.")
    private int bytes = 1_024;

    @Option(names = "--latency", description = "The provider's fixed time in milliseconds.")
    private int latencyMillis = 200;

    @Option(names = "--rate", description = "Requests per second of the overhead scenario.")
    private double rate = 200;

    @Option(names = "--seconds", description = "How long a rate is held.")
    private int seconds = 20;

    @Option(names = "--quota", description = "Requests per second of the quota scenario.")
    private int quota = 100;

    @Option(names = "--many", description = "Calls in flight at the same time of the in-flight scenario.")
    private int many = 10_000;

    @Option(names = "--slow", description = "The provider's time in the in-flight scenario, in milliseconds.")
    private int slowMillis = 20_000;

    @Option(names = "--waiting", split = ",", description = "How many wait in the waiting scenario, growing.")
    private List<Integer> waiting = List.of(1_000, 10_000, 100_000);

    @Option(names = "--small-quota", description = "Requests per second of the waiting scenario.")
    private int smallQuota = 20;

    @Option(names = "--worker-java", split = " ", description = "JVM options of each contestant.")
    private List<String> workerOptions = List.of("-Xmx1g", "-XX:-UseDynamicNumberOfCompilerThreads");

    @Option(
            names = "--quiet",
            description =
                    "Seconds to wait before each session until other processes use less than a quarter of a core.")
    private int quietSeconds;

    @Option(
            names = "--cold",
            description = "Skips the unmeasured drain that comes first. Broker, simulator and load are slow until then,"
                    + " to the disadvantage of the first contestant.")
    private boolean cold;

    @Option(names = "--home", hidden = true)
    private Path home = Path.of(".");

    @Option(names = "--out", description = "Where results and logs go; target/bench/<time> without it.")
    private Path out = Path.of("");

    @SuppressWarnings("NullAway.Init") // picocli injects the spec
    Bench() {}

    /** Runs the benchmark and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Bench()).execute(args));
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        PrintWriter log = spec.commandLine().getErr();
        Path folder =
                out.toString().isEmpty() ? home.resolve("target/bench").resolve(STAMP.format(Instant.now())) : out;
        Files.createDirectories(folder);
        List<Scenario> asked = scenarios.equals(List.of("all"))
                ? List.of(Scenario.values())
                : scenarios.stream().map(Scenario::of).toList();
        List<Contestant> all = contestants.stream().map(Contestant::parse).toList();
        Options options = options();
        Results results = new Results();
        List<String> failures = new ArrayList<>();
        Report report = new Report(options, all, results);
        try (Bed bed = new Bed(home, folder)) {
            if (asked.stream().anyMatch(Scenario::isOfSpeed) && !cold) {
                log.println("Warming broker, simulator and load by an unmeasured drain");
                new Round(bed, options, Contestant.parse("warm-up=weir-eos"), 0)
                        .ask(List.of(Scenario.DRAIN), unused -> {}, failures::add);
            }
            for (int round = 1; round <= rounds; round++) {
                List<Contestant> order = new ArrayList<>(all);
                Collections.rotate(order, round - 1);
                for (Contestant contestant : order) {
                    Machine.awaitQuiet(QUIET_CORES, quietSeconds);
                    new Round(bed, options, contestant, round)
                            .ask(
                                    asked,
                                    result -> {
                                        results.add(result);
                                        log.println(result.scenario() + " " + result.contestant() + " " + result.round()
                                                + ": " + new TreeMap<>(result.figures()));
                                    },
                                    failure -> {
                                        failures.add(failure);
                                        log.println("failed: " + failure);
                                    });
                    report.write(folder);
                }
            }
        }
        spec.commandLine().getOut().println(report.table());
        failures.forEach(failure -> spec.commandLine().getOut().println("Failed: " + failure));
        spec.commandLine().getOut().println("Raw figures, logs and plots: " + folder);
        return failures.isEmpty() ? 0 : 1;
    }

    private Options options() {
        return new Options(
                requests,
                inFlight,
                bytes,
                latencyMillis,
                rate,
                seconds,
                quota,
                many,
                slowMillis,
                waiting,
                smallQuota,
                workerOptions);
    }
}
