package dev.weir.cli;

import dev.weir.broker.EmbeddedKafka;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir kafka}: the embedded broker alone, until the process is told to stop. */
@Command(
        name = "kafka",
        mixinStandardHelpOptions = true,
        description = "Runs a single Kafka broker on the loopback interface, for trials; not for production.")
final class KafkaCommand implements Callable<Integer> {
    private static final int MAX_PORT = 65_535;
    private static final Pattern ADDRESS = Pattern.compile("[^\\s:/]+:\\d{1,5}");

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "9092",
            description = "0: a free one (${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Keeps the records here; without it they go at the end.")
    private @Nullable Path data;

    @Option(
            names = "--advertise",
            paramLabel = "HOST:PORT",
            description = "Where clients are told to come, when a proxy or a mapped port stands before it.")
    private @Nullable String advertised;

    @SuppressWarnings("NullAway.Init") // picocli injects the spec
    KafkaCommand() {}

    @Override
    public Integer call() {
        if (port < 0 || port > MAX_PORT) {
            throw CliException.usage("--port is " + port + ", expected 0 to " + MAX_PORT);
        }
        if (advertised != null && !ADDRESS.matcher(advertised).matches()) {
            throw CliException.usage("--advertise is '" + advertised + "', expected HOST:PORT such as 127.0.0.1:9093");
        }
        try (EmbeddedKafka broker = start()) {
            Thread hook = new Thread(broker::close, "weir-kafka-stop");
            Runtime.getRuntime().addShutdownHook(hook);
            try {
                announce(broker);
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                Runtime.getRuntime().removeShutdownHook(hook);
            }
        }
        return ExitCode.OK;
    }

    private EmbeddedKafka start() {
        try {
            return EmbeddedKafka.start(data, port, advertised);
        } catch (IllegalStateException e) {
            throw CliException.usage(String.valueOf(e.getMessage()));
        }
    }

    private void announce(EmbeddedKafka broker) {
        PrintWriter out = spec.commandLine().getOut();
        out.println("Kafka is ready: bootstrap.servers=" + broker.bootstrapServers()
                + (data == null ? " (its records go when it stops)" : " (its records stay in " + data + ")"));
        out.flush();
    }
}
