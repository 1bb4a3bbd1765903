package dev.weir.cli;

import dev.weir.config.ConfigLoader;
import dev.weir.config.InvalidConfig;
import dev.weir.config.WeirConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that needs the configuration; a picocli mixin. */
final class ConfigOptions {
    @Option(names = "--config", paramLabel = "FILE", description = "The configuration file; defaults hold without one.")
    private @Nullable Path file;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "One setting, before file and environment; repeatable.")
    private List<String> overrides = new ArrayList<>();

    /**
     * The checked configuration.
     *
     * @throws CliException for the exit code of wrong usage, with the line that explains it
     */
    WeirConfig load() {
        return load(Map.of(), List.of());
    }

    /**
     * The checked configuration of a command with needs of its own.
     *
     * @param defaults values by key, where nothing else sets one
     * @param fixed {@code key=value} each, before all else
     * @throws CliException for the exit code of wrong usage, with the line that explains it
     */
    WeirConfig load(Map<String, String> defaults, List<String> fixed) {
        List<String> all = new ArrayList<>(overrides);
        all.addAll(fixed);
        try {
            return ConfigLoader.load(defaults, file, all, System.getenv());
        } catch (InvalidConfig e) {
            throw CliException.usage(String.valueOf(e.getMessage()));
        }
    }
}
