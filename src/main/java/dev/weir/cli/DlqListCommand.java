package dev.weir.cli;

import dev.weir.Translators;
import dev.weir.config.WeirConfig;
import dev.weir.deadletter.DeadLetterFailure;
import dev.weir.deadletter.DeadLetterReader;
import dev.weir.deadletter.LetterFilter;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir dlq list}: counts dead letters and lists them, without prompts. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Counts dead letters by reason, class and model, and lists the newest; shows no prompt.")
final class DlqListCommand implements Callable<Integer> {
    private static final int DEFAULT_ROWS = 50;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOptions options;

    @Mixin
    private LetterOptions letters;

    @Option(names = "--limit", paramLabel = "N", description = "List so many, 50 by default; with --json all.")
    private @Nullable Integer limit;

    @Option(names = "--json", description = "One JSON object a line for each letter, in the topic's order.")
    private boolean json;

    @SuppressWarnings("NullAway.Init") // picocli injects the spec and the mixins
    DlqListCommand() {}

    @Override
    public Integer call() {
        if (limit != null && limit < 1) {
            throw CliException.usage("--limit is " + limit + "; use 1 or more");
        }
        Instant now = InstantSource.system().instant();
        LetterFilter filter = letters.filter(now);
        WeirConfig config = options.load();
        PrintWriter out = spec.commandLine().getOut();
        try (Translators translators = Translators.open(config);
                DeadLetterReader reader = new DeadLetterReader(LetterTopics.of(config, translators.events()))) {
            if (json) {
                lines(reader, filter, out);
            } else {
                LetterList list = new LetterList(limit == null ? DEFAULT_ROWS : limit);
                reader.read(letter -> {
                    if (filter.matches(letter)) {
                        list.add(letter);
                    }
                    return true;
                });
                out.print(list.render(now));
            }
        } catch (DeadLetterFailure e) {
            throw CliException.usage(String.valueOf(e.getMessage()));
        }
        out.flush();
        return ExitCode.OK;
    }

    private void lines(DeadLetterReader reader, LetterFilter filter, PrintWriter out) {
        long most = limit == null ? Long.MAX_VALUE : limit;
        long[] written = {0};
        reader.read(letter -> {
            if (filter.matches(letter)) {
                out.println(LetterJson.line(letter));
                written[0]++;
            }
            // A reader such as head that has gone ends the listing.
            return written[0] < most && !out.checkError();
        });
    }
}
