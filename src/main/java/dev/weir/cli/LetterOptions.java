package dev.weir.cli;

import dev.weir.deadletter.LetterFilter;
import dev.weir.deadletter.TimeBound;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which dead letters are meant; a picocli mixin. Each filter may be repeated, and all must hold. */
final class LetterOptions {
    @Option(names = "--reason", paramLabel = "REASON", split = ",", description = "Only with this reason; repeatable.")
    private Set<String> reasons = new LinkedHashSet<>();

    @Option(
            names = "--class",
            paramLabel = "CLASS",
            split = ",",
            description = "Only of this class (fatal, transient, …); repeatable.")
    private Set<String> classes = new LinkedHashSet<>();

    @Option(names = "--tenant", paramLabel = "TENANT", description = "Only of this tenant; repeatable.")
    private Set<String> tenants = new LinkedHashSet<>();

    @Option(names = "--model", paramLabel = "MODEL", description = "Only for this model; repeatable.")
    private Set<String> models = new LinkedHashSet<>();

    @Option(names = "--id", paramLabel = "ID", description = "Only of the request with this id; repeatable.")
    private Set<String> ids = new LinkedHashSet<>();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Only those that died then or later: 2026-11-21T10:15:00Z, a date, or 2h for two hours ago.")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Only those that died before.")
    private @Nullable String until;

    /**
     * The filter.
     *
     * @throws CliException for the exit code of wrong usage, with the line that explains it
     */
    LetterFilter filter(Instant now) {
        return new LetterFilter(
                new HashSet<>(reasons),
                new HashSet<>(classes),
                new HashSet<>(tenants),
                new HashSet<>(models),
                new HashSet<>(ids),
                time("--since", since, now),
                time("--until", until, now));
    }

    private static @Nullable Instant time(String option, @Nullable String text, Instant now) {
        try {
            return text == null ? null : TimeBound.parse(text, now);
        } catch (IllegalArgumentException e) {
            throw CliException.usage(option + ": " + e.getMessage());
        }
    }
}
