package dev.weir.cli;

import dev.weir.Translators;
import dev.weir.config.ConfigLoader;
import dev.weir.config.InvalidConfig;
import dev.weir.config.WeirConfig;
import dev.weir.deadletter.BodyEdits;
import dev.weir.deadletter.DeadLetterFailure;
import dev.weir.deadletter.LetterFilter;
import dev.weir.deadletter.Prices;
import dev.weir.deadletter.Redrive;
import dev.weir.deadletter.RedrivePlan;
import dev.weir.deadletter.RedriveSettings;
import dev.weir.deadletter.SkipReason;
import dev.weir.deadletter.TimeBound;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir dlq redrive}: sends dead letters again, through the requests topic. */
@Command(
        name = "redrive",
        mixinStandardHelpOptions = true,
        description = "Sends dead letters again, each once under a name; asks before it does.")
final class DlqRedriveCommand implements Callable<Integer> {
    private static final DateTimeFormatter NAME_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    @Spec
    private CommandSpec spec;

    @Mixin
    private LetterOptions letters;

    @Option(names = "--config", paramLabel = "FILE", description = "The configuration file; defaults hold without one.")
    private @Nullable Path file;

    @Option(
            names = "--setting",
            paramLabel = "KEY=VALUE",
            description = "One setting, before file and environment; --set takes it too; repeatable.")
    private List<String> overrides = new ArrayList<>();

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = {
                "The replay's name; a letter is sent once under it, however often this runs.",
                "By default redrive- and the time in UTC."
            })
    private @Nullable String name;

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE|KEY=VALUE",
            description = {
                "Edits the body, such as --set model=grok-4.3; JSON or else a text; repeatable.",
                "One setting where it is a key of the configuration; body.PATH is always the body."
            })
    private List<String> assignments = new ArrayList<>();

    @Option(names = "--dry-run", description = "Only tells what would be done.")
    private boolean dryRun;

    @Option(names = "--yes", description = "Does not ask.")
    private boolean yes;

    @Option(names = "--rate", paramLabel = "N", description = "How many a second at most, 10 by default.")
    private String rate = "10";

    @Option(names = "--limit", paramLabel = "N", description = "Send so many at most; all by default.")
    private long limit = Long.MAX_VALUE;

    @Option(
            names = "--max-redrives",
            paramLabel = "N",
            description = "Leave alone what was sent again so often before, 3 by default.")
    private int maxRedrives = 3;

    @Option(names = "--again", description = "Also those that a replay of another name has sent.")
    private boolean again;

    @Option(
            names = "--deadline",
            paramLabel = "DURATION",
            description = "A new deadline from the sending on, such as 2h; else the request's own holds.")
    private @Nullable String deadline;

    @Option(
            names = "--prices",
            paramLabel = "FILE",
            description = "USD for a million tokens, lines such as grok-4.5 = 2.00 6.00, instead of the built-in ones.")
    private @Nullable Path priceFile;

    @SuppressWarnings("NullAway.Init") // picocli injects the fields
    DlqRedriveCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        InstantSource clock = InstantSource.system();
        LetterFilter filter = letters.filter(clock.instant());
        double perSecond = rate();
        WeirConfig config = config();
        RedriveSettings settings = settings(config, clock.instant());
        try (Translators translators = Translators.open(config);
                Redrive redrive = Redrive.open(
                        LetterTopics.of(config, translators.events()), settings, filter, prices(), clock)) {
            PrintWriter out = spec.commandLine().getOut();
            RedrivePlan plan = redrive.plan();
            out.print(RedriveTable.plan(plan, settings.name(), perSecond));
            out.flush();
            if (dryRun || plan.count() == 0) {
                return ExitCode.OK;
            }
            if (!yes && !isConfirmed(plan.count())) {
                throw CliException.failed("nothing was sent");
            }
            return run(redrive, settings.name(), perSecond, plan.count(), out);
        } catch (DeadLetterFailure | IllegalStateException e) {
            throw CliException.usage(String.valueOf(e.getMessage()));
        }
    }

    /** From here on a signal ends the run in order; before, it ends the process at once. */
    private int run(Redrive redrive, String replay, double perSecond, long planned, PrintWriter out)
            throws InterruptedException {
        try (Shutdown shutdown = Shutdown.onSignal()) {
            RedriveProgress progress = new RedriveProgress(out, System::nanoTime, planned);
            RedrivePlan report = redrive.run(perSecond, System::nanoTime, progress, shutdown::isAsked);
            out.print(RedriveTable.report(report, replay));
            out.flush();
            if (shutdown.isAsked()) {
                throw CliException.failed("stopped before the end; run it again with --name " + replay + " to go on");
            }
            return report.skipped().containsKey(SkipReason.REFUSED) ? ExitCode.FAILED : ExitCode.OK;
        } catch (DeadLetterFailure e) {
            throw CliException.failed(String.valueOf(e.getMessage()));
        }
    }

    private static boolean isConfirmed(long count) {
        Console console = System.console();
        if (console == null) {
            throw CliException.usage("there is no terminal to ask at; add --yes or --dry-run");
        }
        String answer = console.readLine("Send %,d requests again? [y/N] ", count);
        return answer != null && List.of("y", "yes").contains(answer.strip().toLowerCase(Locale.ROOT));
    }

    private WeirConfig config() {
        List<String> all = new ArrayList<>(overrides);
        assignments.stream().filter(DlqRedriveCommand::isSetting).forEach(all::add);
        try {
            return ConfigLoader.load(file, all, System.getenv());
        } catch (InvalidConfig e) {
            throw CliException.usage(String.valueOf(e.getMessage()));
        }
    }

    /** The keys of the configuration are no paths of a chat-completions body. */
    private static boolean isSetting(String assignment) {
        return ConfigLoader.isKey(assignment.split("=", 2)[0]);
    }

    private RedriveSettings settings(WeirConfig config, Instant now) {
        List<String> edits = assignments.stream().filter(set -> !isSetting(set)).toList();
        try {
            return new RedriveSettings(
                    name == null ? "redrive-" + NAME_TIME.format(now) : name,
                    BodyEdits.parse(edits),
                    maxRedrives,
                    again,
                    deadline == null ? null : TimeBound.duration(deadline),
                    config.requests().maxBytes(),
                    limit);
        } catch (IllegalArgumentException e) {
            throw CliException.usage(String.valueOf(e.getMessage()));
        }
    }

    private double rate() {
        String text = rate.endsWith("/s") ? rate.substring(0, rate.length() - 2) : rate;
        if (!text.matches("[0-9]{1,6}(\\.[0-9]{1,6})?") || Double.parseDouble(text) <= 0) {
            throw CliException.usage("--rate is '" + rate + "'; use a number a second, such as 10 or 0.5");
        }
        return Double.parseDouble(text);
    }

    private Prices prices() {
        if (priceFile == null) {
            return Prices.builtIn();
        }
        try (Reader reader = Files.newBufferedReader(priceFile)) {
            return Prices.read(reader);
        } catch (IOException e) {
            throw CliException.usage("--prices " + priceFile + " cannot be read: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw CliException.usage("--prices " + priceFile + ": " + e.getMessage());
        }
    }
}
