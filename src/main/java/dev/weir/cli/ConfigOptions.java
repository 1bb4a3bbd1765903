package dev.weir.cli;

import dev.weir.config.ConfigLoader;
import dev.weir.config.InvalidConfig;
import dev.weir.config.WeirConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that needs configuration. */
final class ConfigOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The properties file, such as config/weir.properties.")
    private @Nullable Path file;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Sets one key; wins over file and environment. Repeatable.")
    private List<String> overrides = new ArrayList<>();

    /** The effective configuration; what is wrong with it is a usage error of one line. */
    WeirConfig load() {
        try {
            return ConfigLoader.load(file, overrides, System.getenv());
        } catch (InvalidConfig e) {
            throw CliException.usage(String.valueOf(e.getMessage()));
        }
    }
}
