package dev.weir.cli;

import dev.weir.broker.EmbeddedKafka;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir kafka}: the embedded broker alone, until it is told to stop. */
@Command(
        name = "kafka",
        mixinStandardHelpOptions = true,
        description = "Runs a Kafka broker for development, on loopback, until SIGTERM.")
final class KafkaCommand implements Callable<Integer> {
    @Option(names = "--port", description = "Where it listens, 9092 by default.")
    private int port = 9092;

    @Option(names = "--data", paramLabel = "DIR", description = "Keeps its records there; without it they are deleted.")
    private @Nullable Path data;

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli injects the spec
    KafkaCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        try (Shutdown shutdown = Shutdown.onSignal();
                EmbeddedKafka kafka = start()) {
            out.println("Kafka is ready at " + kafka.bootstrapServers()
                    + (data == null ? "; its records are deleted when it stops" : "; its records are in " + data));
            out.println("Next: weir topics --set bootstrap.servers=" + kafka.bootstrapServers());
            out.flush();
            shutdown.await();
        }
        return ExitCode.OK;
    }

    private EmbeddedKafka start() {
        try {
            return EmbeddedKafka.start(data, port);
        } catch (IllegalStateException e) {
            throw CliException.usage(String.valueOf(e.getMessage()));
        }
    }
}
