package dev.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.config.WeirConfig;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where Kafka is, for the commands that need little of the gateway's configuration. */
final class KafkaOptions {
    @Mixin
    private final ConfigOptions options = new ConfigOptions();

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            description = "The Kafka brokers; by default what the configuration says, else localhost:9092.")
    private @Nullable String bootstrapServers;

    @Option(
            names = "--prefix",
            paramLabel = "PREFIX",
            description = "The prefix of Weir's topics; by default what the configuration says, else grok.")
    private @Nullable String prefix;

    @Option(
            names = "--command-config",
            paramLabel = "FILE",
            description = "A properties file with more settings of Kafka's clients, such as security.protocol.")
    private @Nullable Path commandConfig;

    private @Nullable WeirConfig config;

    /** The configuration that the options name. */
    WeirConfig config() {
        WeirConfig loaded = config;
        if (loaded == null) {
            loaded = options.load();
            config = loaded;
        }
        return loaded;
    }

    /** The prefix of Weir's topics. */
    String prefix() {
        return prefix == null ? config().topics().prefix() : prefix;
    }

    /** The settings for any Kafka client. */
    Map<String, Object> clients() {
        Map<String, Object> settings = new HashMap<>(config().kafkaCommon());
        if (commandConfig != null) {
            Properties properties = new Properties();
            try (Reader reader = Files.newBufferedReader(commandConfig, UTF_8)) {
                properties.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                throw CliException.usage("--command-config " + commandConfig + " cannot be read as a properties file: "
                        + e.getClass().getSimpleName());
            }
            properties.stringPropertyNames().forEach(name -> settings.put(name, properties.getProperty(name)));
        }
        settings.put("bootstrap.servers", bootstrapServers == null ? config().bootstrapServers() : bootstrapServers);
        return settings;
    }
}
