package dev.weir.cli;

import dev.weir.Gateway;
import dev.weir.Translators;
import dev.weir.broker.EmbeddedKafka;
import dev.weir.config.WeirConfig;
import dev.weir.simulator.FaultPlan;
import dev.weir.simulator.LatencyModel;
import dev.weir.simulator.Limit;
import dev.weir.simulator.SimulatedGrok;
import dev.weir.simulator.SimulatorSettings;
import dev.weir.topic.TopicAdmin;
import dev.weir.topic.TopicPlan;
import dev.weir.verify.ReportTable;
import dev.weir.verify.Verifier;
import dev.weir.verify.VerifyReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir demo}: Kafka, a simulated Grok and a gateway in one process, with real example prompts. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description =
                "Shows Weir at work: embedded Kafka, simulated Grok, example prompts, and the proof of the promise.")
final class DemoCommand implements Callable<Integer> {
    private static final String KEY = "sim-key";

    @Option(names = "--requests", paramLabel = "N", description = "How many requests, 200 by default.")
    private int requests = 200;

    @Option(names = "--exit", description = "Ends after the summary instead of going on.")
    private boolean exit;

    @Option(names = "--seed", paramLabel = "N", description = "Of the simulator's draws, 1 by default.")
    private long seed = 1;

    @Option(
            names = "--rps",
            paramLabel = "N",
            description = "Requests a second that the simulated Grok allows for each model, 20 by default.")
    private int requestsPerSecond = 20;

    @Option(
            names = "--fault-rate",
            paramLabel = "SHARE",
            description = "Share of calls that the simulated Grok lets fail, 0.1 by default.")
    private double faultRate = 0.1;

    @Option(names = "--file", paramLabel = "JSONL", description = "The requests, config/prompts.jsonl by default.")
    private Path file = Path.of(System.getProperty("weir.home", ".")).resolve("config/prompts.jsonl");

    @Mixin
    private final ConfigOptions options = new ConfigOptions();

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli injects the spec
    DemoCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (requests < 1 || requestsPerSecond < 1 || !(faultRate >= 0 && faultRate <= 1)) {
            throw CliException.usage("--requests and --rps must be 1 or more, --fault-rate from 0 to 1");
        }
        Prompts prompts = Prompts.read(file);
        PrintWriter out = spec.commandLine().getOut();
        out.println("Weir demo: Kafka, a simulated Grok and a gateway in one process");
        out.flush();
        Path state = Files.createTempDirectory("weir-demo-");
        try (Shutdown shutdown = Shutdown.onSignal();
                EmbeddedKafka kafka = EmbeddedKafka.start(null, 0);
                SimulatedGrok grok = SimulatedGrok.start(simulator())) {
            WeirConfig config = config(kafka.bootstrapServers(), grok.baseUrl(), state);
            TopicPlan plan = TopicPlans.plan(config);
            try (TopicAdmin admin = new TopicAdmin(TopicPlans.admin(config))) {
                admin.createMissing(plan);
            }
            try (Gateway gateway = RunCommand.start(config, Gateway.Role.ALL);
                    Translators translators = Translators.open(config)) {
                introduce(out, kafka, grok, gateway);
                DemoRun run = new DemoRun(config, plan, gateway, prompts, translators.events());
                return play(run, grok, shutdown, out);
            }
        } finally {
            delete(state);
        }
    }

    private int play(DemoRun run, SimulatedGrok grok, Shutdown shutdown, PrintWriter out)
            throws IOException, InterruptedException {
        boolean terminal = System.console() != null;
        OutcomeTally tally = run.play(requests, new DemoView(out, terminal), shutdown);
        out.println();
        out.println("Summary");
        out.print(tally.table(grok.journal().totals().tooMany()).render());
        out.println();
        out.println("Verifier");
        VerifyReport report = Verifier.verify(run.verification(grok.baseUrl()), System::nanoTime, unused -> {});
        out.print(ReportTable.of(report));
        if (!exit && !shutdown.isAsked()) {
            out.println();
            out.println("The gateway goes on until Ctrl-C. Try, in another terminal:");
            out.println("  ./weir submit --set bootstrap.servers=" + run.bootstrapServers()
                    + " --wait \"Why is the sky blue?\"");
            out.flush();
            shutdown.await();
        }
        out.flush();
        boolean all = tally.total() >= requests;
        return report.promiseKept() && all ? ExitCode.OK : ExitCode.FAILED;
    }

    private SimulatorSettings simulator() {
        return SimulatorSettings.defaults()
                .withApiKey(KEY)
                .withSeed(seed)
                .withLimit(new Limit(requestsPerSecond, 50_000_000))
                .withLatency(new LatencyModel.LogNormal(400, 0.5))
                .withFaults(FaultPlan.mixed(faultRate));
    }

    /** The given configuration, but with the demo's own Kafka, Grok and state, whatever it says of them. */
    WeirConfig config(String bootstrapServers, URI grok, Path state) {
        return options.load(
                Map.of(
                        "grok.call.timeout.ms", "5000",
                        "retry.backoff.base.ms", "500",
                        "retry.backoff.max.ms", "4000",
                        "quota.default.requests.per.second", String.valueOf(requestsPerSecond),
                        "http.listen", "127.0.0.1:0"),
                List.of(
                        "bootstrap.servers=" + bootstrapServers,
                        "kafka.security.protocol=PLAINTEXT",
                        "topics.replication.factor=1",
                        "grok.base.url=" + grok,
                        "grok.api.key=" + KEY,
                        "grok.api.key.file=",
                        "state.dir=" + state));
    }

    private void introduce(PrintWriter out, EmbeddedKafka kafka, SimulatedGrok grok, Gateway gateway) {
        Table table = new Table();
        table.row("Kafka", kafka.bootstrapServers());
        table.row(
                "Grok",
                grok.baseUrl()
                        + String.format(
                                Locale.ROOT,
                                " (simulated: %d requests/s a model, %.0f %% faults, seed %d)",
                                requestsPerSecond,
                                100 * faultRate,
                                seed));
        String url = gateway.operationsUrl();
        table.row("Gateway", url.isEmpty() ? "without metrics and health" : "metrics and health at " + url);
        table.row("Requests", requests + " from " + file.getFileName());
        out.println(table.render());
        out.flush();
    }

    private static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            files.sorted(java.util.Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.deleteIfExists(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
