package dev.weir.cli;

import dev.weir.Translators;
import dev.weir.verify.ReportTable;
import dev.weir.verify.Verifier;
import dev.weir.verify.VerifyFailure;
import dev.weir.verify.VerifyReport;
import dev.weir.verify.VerifySettings;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code weir verify}: reads the topics and proves the promise. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Reads the topics and proves one terminal outcome per accepted request.",
            "Exit code 0: kept, 1: broken, 2: Kafka or the simulator cannot be read."
        })
final class VerifyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private final KafkaOptions kafka = new KafkaOptions();

    @Option(
            names = "--simulator",
            paramLabel = "URL",
            description = "The address of a simulated Grok, whose journal shows calls that were made twice.")
    private @Nullable URI simulator;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            description = "Wait up to this long until nothing is open; what is open then is lost."
                    + " Without it open requests are only counted.")
    private @Nullable Long waitSeconds;

    @SuppressWarnings("NullAway.Init") // picocli injects the spec
    VerifyCommand() {}

    @Override
    public Integer call() {
        if (waitSeconds != null && waitSeconds < 0) {
            throw new ParameterException(spec.commandLine(), "--wait is " + waitSeconds + "; give 0 seconds or more");
        }
        if (simulator != null && (simulator.getHost() == null || simulator.getScheme() == null)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--simulator is " + simulator + "; give an address such as http://localhost:8089");
        }
        Duration patience = Duration.ofSeconds(waitSeconds == null ? 0 : waitSeconds);
        ProgressBar bar = new ProgressBar(spec.commandLine().getErr(), ProgressBar.onTerminal(), System::nanoTime);
        VerifyReport report;
        try (Translators translators = Translators.open(kafka.config())) {
            report = verify(
                    new VerifySettings(
                            kafka.clients(),
                            kafka.prefix(),
                            translators.events(),
                            simulator,
                            waitSeconds != null,
                            patience),
                    bar);
        }
        spec.commandLine().getOut().print(ReportTable.of(report));
        spec.commandLine().getOut().flush();
        return report.promiseKept() ? ExitCode.OK : ExitCode.FAILED;
    }

    private static VerifyReport verify(VerifySettings settings, ProgressBar bar) {
        try {
            return Verifier.verify(
                    settings,
                    System::nanoTime,
                    report -> bar.show(new ProgressBar.State("answered", report.answered(), 0, report.accepted())));
        } catch (VerifyFailure e) {
            throw CliException.usage(String.valueOf(e.getMessage()));
        } finally {
            bar.clear();
        }
    }
}
