package dev.weir.cli;

import dev.weir.Translators;
import dev.weir.event.Priority;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code weir submit}: publishes requests and, with {@code --wait}, writes their responses. */
@Command(
        name = "submit",
        mixinStandardHelpOptions = true,
        description = {
            "Publishes requests: the lines of a file or of standard input, one request, or one prompt.",
            "Exit code 0: all published and, with --wait, all succeeded; 1: not so; 2: Kafka cannot be used."
        })
final class SubmitCommand implements Callable<Integer> {
    private static final int SHOWN_MISSING = 5;

    @Spec
    private CommandSpec spec;

    @Mixin
    private final KafkaOptions kafka = new KafkaOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "PROMPT|REQUEST",
            description = {
                "A prompt to ask, or a request: a JSON object with messages or body.",
                "- or nothing reads requests from standard input."
            })
    private @Nullable String argument;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "Requests, one JSON document a line; - is standard input.")
    private @Nullable String file;

    @Option(names = "--model", paramLabel = "MODEL", defaultValue = "grok-4.5", description = "The model for a prompt.")
    private String model = "grok-4.5";

    @Option(names = "--key", paramLabel = "KEY", description = "The key of every record; by default the request's id.")
    private @Nullable String key;

    @Option(
            names = "--priority",
            paramLabel = "PRIORITY",
            converter = PriorityConverter.class,
            description = "critical, high, normal or low; before what a request says.")
    private @Nullable Priority priority;

    @Option(names = "--tenant", paramLabel = "TENANT", description = "The tenant; before what a request says.")
    private @Nullable String tenant;

    @Option(
            names = "--deadline",
            paramLabel = "TIME",
            converter = DeadlineOption.Converter.class,
            description = "A duration such as 30s, or an instant; before what a request says.")
    private @Nullable DeadlineOption deadline;

    @Option(names = "--rate", paramLabel = "N", description = "Publish at most so many a second, evenly.")
    private double perSecond;

    @Option(names = "--wait", description = "Wait for the responses and write them, one JSON document a line.")
    private boolean wait;

    @Option(names = "--content", description = "Write only the text of the answers; means --wait.")
    private boolean contentOnly;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "600",
            description = "Wait so long for responses after the last request (default: 600).")
    private long timeoutSeconds = 600;

    @SuppressWarnings("NullAway.Init") // picocli injects the spec
    SubmitCommand() {}

    @Override
    public Integer call() throws IOException {
        check();
        boolean waiting = wait || contentOnly;
        Map<String, Object> clients = kafka.clients();
        String requests = kafka.prefix() + "requests";
        String responses = kafka.prefix() + "responses";
        try (Translators translators = Translators.open(kafka.config());
                RequestInput input = input()) {
            SubmitClients.check(clients, waiting ? List.of(requests, responses) : List.of(requests));
            try (Consumer<byte[], byte[]> consumer = waiting ? SubmitClients.responses(clients, responses) : null;
                    Producer<byte[], byte[]> producer = SubmitClients.producer(clients)) {
                SubmitRecords records = new SubmitRecords(
                        requests, key, priority, tenant, deadline, InstantSource.system(), translators.events());
                return run(producer, records, consumer, input);
            } catch (IllegalStateException e) {
                throw CliException.usage(String.valueOf(e.getMessage()));
            } catch (KafkaException e) {
                throw SubmitClients.unreachable(clients, e);
            }
        }
    }

    private int run(
            Producer<byte[], byte[]> producer,
            SubmitRecords records,
            @Nullable Consumer<byte[], byte[]> consumer,
            RequestInput input)
            throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        ProgressBar bar = new ProgressBar(err, ProgressBar.onTerminal(), System::nanoTime);
        Submission submission = new Submission(
                producer,
                records,
                consumer,
                response -> {
                    bar.clear();
                    out.println(contentOnly ? response.content() : response.json());
                    if (contentOnly && !response.succeeded()) {
                        err.println("weir: " + response.source() + " did not succeed: " + response.json());
                    }
                },
                System::nanoTime);
        submission.onProgress(() -> {
            out.flush();
            bar.show(state(submission.outstanding().counts(), consumer != null));
        });
        submission.publish(input, perSecond);
        if (consumer != null) {
            submission.await(Duration.ofSeconds(timeoutSeconds));
        }
        out.flush();
        bar.clear();
        return summary(submission.outstanding(), consumer != null, err);
    }

    private static ProgressBar.State state(Outstanding.Counts counts, boolean waiting) {
        return waiting
                ? new ProgressBar.State("answered", counts.answered(), counts.notSucceeded(), counts.published())
                : new ProgressBar.State("published", counts.published(), 0, 0);
    }

    private static int summary(Outstanding outstanding, boolean waiting, PrintWriter err) {
        Outstanding.Counts counts = outstanding.counts();
        if (counts.refused() > 0) {
            err.println(
                    "weir: " + counts.refused() + " requests were refused; the first one: " + counts.firstRefusal());
        }
        if (!waiting) {
            err.println(String.format(Locale.ROOT, "weir: %d requests published", counts.published()));
            return counts.refused() == 0 ? ExitCode.OK : ExitCode.FAILED;
        }
        if (counts.missing() > 0) {
            err.println("weir: no response yet to " + outstanding.open(SHOWN_MISSING)
                    + (counts.missing() > SHOWN_MISSING ? " and more" : "")
                    + "; is the gateway running? They stay in the queue.");
        }
        err.println(String.format(
                Locale.ROOT,
                "weir: %d requests published, %d succeeded, %d did not, %d without a response",
                counts.published(),
                counts.succeeded(),
                counts.notSucceeded(),
                counts.missing()));
        return counts.allSucceeded() ? ExitCode.OK : ExitCode.FAILED;
    }

    private void check() {
        if (argument == null ? file == null && isTyped() : file != null) {
            throw wrong("give either a prompt, or --file FILE, or - for standard input");
        }
        if (perSecond < 0 || !Double.isFinite(perSecond)) {
            throw wrong("--rate is " + perSecond + "; give a number above 0");
        }
        if (timeoutSeconds < 1) {
            throw wrong("--timeout is " + timeoutSeconds + "; give 1 second or more");
        }
    }

    private RequestInput input() {
        String path = file == null ? argument : file;
        if (path == null || path.equals("-")) {
            return new RequestInput(System.in);
        }
        if (file == null) {
            return RequestInput.argument(path, model);
        }
        try {
            return new RequestInput(Files.newInputStream(Path.of(path)));
        } catch (IOException | java.nio.file.InvalidPathException e) {
            throw wrong("--file " + path + " cannot be read; give a file of one JSON document a line");
        }
    }

    /** Whether standard input is a terminal, as the launcher says or else as far as Java knows. */
    private static boolean isTyped() {
        String said = System.getProperty("weir.terminal.input");
        return said == null ? System.console() != null : Boolean.parseBoolean(said);
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /** The wire names of priorities. */
    static final class PriorityConverter implements picocli.CommandLine.ITypeConverter<Priority> {
        @Override
        public Priority convert(String text) {
            return Priority.parse(text)
                    .orElseThrow(() ->
                            new TypeConversionException("'" + text + "' is none of critical, high, normal and low"));
        }
    }
}
