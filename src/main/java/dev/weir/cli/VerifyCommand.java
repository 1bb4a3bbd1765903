package dev.weir.cli;

import dev.weir.config.WeirConfig;
import dev.weir.topic.TopicPlan;
import dev.weir.verify.Tally;
import dev.weir.verify.Verifier;
import dev.weir.verify.VerifyReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir verify}: reads the topics and proves the promise, or names what breaks it. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Reads the topics and proves that each request has one outcome; exit code 1 when it has not.")
final class VerifyCommand implements Callable<Integer> {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    @Mixin
    private ConfigOptions options;

    @Option(
            names = "--simulator",
            paramLabel = "URL",
            description = "The simulated Grok, whose journal shows repeated calls.")
    private @Nullable URI simulator;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            description = "Waits so long at most for requests that are still open, 60 by default.")
    private int waitSeconds = 60;

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli injects the spec and the mixin
    VerifyCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        WeirConfig config = options.load();
        TopicPlans.require(config);
        TopicPlan plan = TopicPlans.plan(config);
        Map<String, Object> settings = new HashMap<>(config.kafkaCommon());
        settings.putAll(config.kafkaConsumer());
        settings.put("bootstrap.servers", config.bootstrapServers());
        Verifier verifier =
                new Verifier(settings, new Verifier.Topics(plan.requests(), plan.responses(), plan.deadLetters()));
        VerifyReport report = readUntilDrained(verifier).report();
        PrintWriter out = spec.commandLine().getOut();
        out.print(report.render());
        out.flush();
        return report.promiseKept() ? ExitCode.OK : ExitCode.FAILED;
    }

    private Tally readUntilDrained(Verifier verifier) throws InterruptedException {
        long startedNanos = System.nanoTime();
        Tally tally = read(verifier);
        while (tally.open() > 0
                && System.nanoTime() - startedNanos
                        < Duration.ofSeconds(waitSeconds).toNanos()) {
            spec.commandLine().getErr().println("weir: " + tally.open() + " requests are still open");
            Thread.sleep(PAUSE.toMillis());
            tally = read(verifier);
        }
        return tally;
    }

    private Tally read(Verifier verifier) {
        try {
            return verifier.read(simulator);
        } catch (IOException e) {
            throw CliException.usage("--simulator " + simulator + " cannot be read (" + e + "); is it running?");
        } catch (KafkaException e) {
            throw CliException.usage("the topics cannot be read: " + e.getMessage());
        }
    }
}
