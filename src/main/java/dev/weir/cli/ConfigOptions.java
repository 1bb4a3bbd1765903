package dev.weir.cli;

import dev.weir.config.ConfigLoader;
import dev.weir.config.InvalidConfig;
import dev.weir.config.WeirConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
        try {
            return ConfigLoader.load(file, overrides, System.getenv());
        } catch (InvalidConfig e) {
            throw CliException.usage(String.valueOf(e.getMessage()));
        }
    }
}
