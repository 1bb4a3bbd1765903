package dev.weir.cli;

import dev.weir.simulator.Fault;
import dev.weir.simulator.FaultPlan;
import dev.weir.simulator.Journal;
import dev.weir.simulator.LatencyModel;
import dev.weir.simulator.Limit;
import dev.weir.simulator.SimulatedGrok;
import dev.weir.simulator.SimulatorSettings;
import dev.weir.simulator.SimulatorStats;
import dev.weir.simulator.WarmUp;
import dev.weir.simulator.WindowKind;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code weir simulate}: a simulated Grok alone, until the process is told to end or its thread is interrupted. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        description = "Runs a simulated Grok: limits, latency, faults and a journal of what it saw.")
final class SimulateCommand implements Callable<Integer> {
    private static final long SUMMARY_SECONDS = 5;

    @Spec
    private CommandSpec spec;

    @Option(names = "--host", defaultValue = "127.0.0.1", description = "Address to listen on (${DEFAULT-VALUE}).")
    private String host;

    @Option(names = "--port", defaultValue = "8089", description = "Port, 0 for a free one (${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--api-key", defaultValue = "sim-key", description = "The accepted key (${DEFAULT-VALUE}).")
    private String apiKey;

    @Option(names = "--rps", description = "Requests per second for each model (150 for grok-4.5 and newer, else 30).")
    private @Nullable Integer rps;

    @Option(
            names = "--tpm",
            description = "Tokens per minute for each model (50 million for grok-4.5 and newer," + " else 10 million).")
    private @Nullable Long tpm;

    @Option(
            names = "--window",
            defaultValue = "sliding",
            converter = SimulateOptions.Window.class,
            description = "How limits count: fixed or sliding (${DEFAULT-VALUE}).")
    private WindowKind window;

    @Option(
            names = "--latency",
            defaultValue = "lognormal:400:0.5",
            converter = SimulateOptions.Latency.class,
            description = "fixed:MS, lognormal:MEDIAN_MS:SIGMA or token:BASE_MS:MS_PER_TOKEN (${DEFAULT-VALUE}).")
    private LatencyModel latency;

    @Option(names = "--fault-rate", description = "Share of requests, 0 to 1, with any transient fault (0).")
    private double faultRate;

    @Option(names = "--fault", paramLabel = "NAME=P", description = "Share of requests with one fault; repeatable.")
    private Map<String, Double> faults = new LinkedHashMap<>();

    @Option(names = "--retry-after", description = "Send Retry-After with a 429 of the limits.")
    private boolean retryAfter;

    @Option(
            names = "--longest-stall",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "After how many seconds a stalled connection is reset (${DEFAULT-VALUE}).")
    private int longestStallSeconds;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "Seed of texts, latencies and faults (${DEFAULT-VALUE}).")
    private long seed;

    @SuppressWarnings("NullAway.Init") // picocli injects the spec and the options
    SimulateCommand() {}

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch summarized = new CountDownLatch(1);
        Thread hook = new Thread(() -> stopAndWait(stop, summarized), "simulate-stop");
        SimulatorSettings settings = settings();
        WarmUp.run();
        try (SimulatedGrok grok = start(settings)) {
            Runtime.getRuntime().addShutdownHook(hook);
            out.print(banner(grok, settings));
            out.flush();
            awaitStop(stop);
            out.print(summary(grok.stats()));
            out.flush();
        } finally {
            summarized.countDown();
            removeHook(hook);
        }
        return ExitCode.OK;
    }

    private SimulatorSettings settings() {
        try {
            SimulatorSettings defaults = SimulatorSettings.defaults();
            return defaults.withHost(host)
                    .withPort(port)
                    .withApiKey(apiKey)
                    .withLimits(limits(defaults.limits()))
                    .withWindow(window)
                    .withLatency(latency)
                    .withFaults(plan())
                    .withRetryAfter(retryAfter)
                    .withLongestStall(Duration.ofSeconds(longestStallSeconds))
                    .withSeed(seed);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
        }
    }

    private Map<String, Limit> limits(Map<String, Limit> published) {
        Map<String, Limit> limits = new TreeMap<>();
        published.forEach((model, limit) -> limits.put(
                model,
                new Limit(rps == null ? limit.requestsPerSecond() : rps, tpm == null ? limit.tokensPerMinute() : tpm)));
        return limits;
    }

    private FaultPlan plan() {
        Map<Fault, Double> shares = new EnumMap<>(Fault.class);
        if (faultRate != 0) {
            shares.putAll(FaultPlan.mixed(faultRate).probabilities());
        }
        faults.forEach((name, share) -> shares.put(
                Fault.find(name)
                        .orElseThrow(() -> new IllegalArgumentException("--fault '" + name
                                + "' is unknown, expected one of " + String.join(", ", Fault.ids()))),
                share));
        return FaultPlan.random(shares);
    }

    private SimulatedGrok start(SimulatorSettings settings) {
        try {
            return SimulatedGrok.start(settings);
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw CliException.usage("cannot listen on " + host + ":" + port + " (" + cause.getMessage()
                    + "); choose another with --host and --port");
        }
    }

    private static String banner(SimulatedGrok grok, SimulatorSettings settings) {
        StringBuilder text = new StringBuilder("Simulated Grok on %s, key %s, window %s, seed %d.%n"
                .formatted(grok.baseUrl(), settings.apiKey(), settings.window().id(), settings.seed()));
        new TreeMap<>(settings.limits())
                .forEach((model, limit) -> text.append("  %s: %,d requests/s, %,d tokens/min%n"
                        .formatted(model, limit.requestsPerSecond(), limit.tokensPerMinute())));
        String example = """
                Try:
                  curl -s %1$s/v1/chat/completions -H 'Authorization: Bearer %2$s' \\
                    -H 'Content-Type: application/json' \\
                    -d '{"model":"grok-4.7","messages":[{"role":"user","content":"Hello"}]}'
                What it saw: %1$s/_sim/stats and %1$s/_sim/journal. Ctrl-C ends it.
                """;
        return text.append(example.formatted(grok.baseUrl(), settings.apiKey())).toString();
    }

    private static String summary(SimulatorStats stats) {
        Journal.Totals totals = stats.totals();
        return "Saw %,d requests: %,d ok, %,d with 429, %,d failed otherwise; at most %,d passed in any second.%n"
                        .formatted(
                                totals.requests(),
                                totals.ok(),
                                totals.tooMany(),
                                totals.otherFailures(),
                                stats.maxPerSecond())
                + "Generated %,d prompt, %,d completion and %,d reasoning tokens, %.4f USD.%n"
                        .formatted(
                                totals.promptTokens(),
                                totals.completionTokens(),
                                totals.reasoningTokens(),
                                totals.costTicks() / 1e10);
    }

    private static void awaitStop(CountDownLatch stop) {
        try {
            stop.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Keeps the process alive until the summary is printed. */
    private static void stopAndWait(CountDownLatch stop, CountDownLatch summarized) {
        stop.countDown();
        try {
            var unused = summarized.await(SUMMARY_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending: the hook itself brought us here.
            return;
        }
    }
}
