package dev.weir.cli;

import dev.weir.Translators;
import dev.weir.status.StatusFailure;
import dev.weir.status.StatusReader;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir status}: how the scopes stand, or what became of a request. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = {
            "Tells how the scopes stand, or where a request is and why.",
            "Exit code 0: told, 1: there is no such scope or request, 2: Kafka cannot be used."
        })
final class StatusCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private final KafkaOptions kafka = new KafkaOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "SCOPE|ID",
            description = "A scope; else a request's id, or <topic>-<partition>-<offset> of its record.")
    private @Nullable String subject;

    @Option(
            names = "--scan",
            paramLabel = "N",
            defaultValue = "100000",
            description = "How many of the newest records of a topic are looked at for a request (default: 100000).")
    private long scan = 100_000;

    @Option(
            names = "--application-id",
            paramLabel = "NAME",
            description = {
                "The fleet's application.id, to see how far it has read;",
                "by default what the configuration says, else weir."
            })
    private @Nullable String applicationId;

    @SuppressWarnings("NullAway.Init") // picocli injects the spec
    StatusCommand() {}

    @Override
    public Integer call() {
        if (scan < 1) {
            throw new ParameterException(spec.commandLine(), "--scan is " + scan + "; give 1 or more");
        }
        Map<String, Object> clients = kafka.clients();
        SubmitClients.check(clients, List.of(kafka.prefix() + "status"));
        long nowMillis = System.currentTimeMillis();
        try (Translators translators = Translators.open(kafka.config());
                StatusReader reader = new StatusReader(new StatusReader.Settings(
                        clients, kafka.prefix(), translators.events(), application(), scan))) {
            return subject == null
                    ? print(
                            reader.scopes(nowMillis),
                            "no scope has been reported; does a gateway run, and has it had" + " a request?")
                    : print(
                            reader.explain(subject, nowMillis),
                            "there is no scope " + subject + " and no request with that id among the newest " + scan
                                    + "; --scan looks at more");
        } catch (StatusFailure | IllegalStateException e) {
            throw CliException.usage(String.valueOf(e.getMessage()));
        } catch (KafkaException e) {
            throw SubmitClients.unreachable(clients, e);
        }
    }

    /** The fleet whose progress is shown. */
    String application() {
        return applicationId == null ? kafka.config().applicationId() : applicationId;
    }

    private int print(List<String> lines, String otherwise) {
        PrintWriter out = spec.commandLine().getOut();
        if (lines.isEmpty()) {
            throw CliException.failed(otherwise);
        }
        lines.forEach(out::println);
        out.flush();
        return ExitCode.OK;
    }
}
