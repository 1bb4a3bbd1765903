package dev.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where Kafka is, for the commands that need no gateway configuration. */
final class KafkaOptions {
    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            defaultValue = "${env:WEIR_BOOTSTRAP_SERVERS:-localhost:9092}",
            description = "The Kafka brokers; by default $WEIR_BOOTSTRAP_SERVERS or localhost:9092.")
    String bootstrapServers = "localhost:9092";

    @Option(
            names = "--prefix",
            paramLabel = "PREFIX",
            defaultValue = "${env:WEIR_TOPIC_PREFIX:-grok.}",
            description = "The prefix of Weir's topics; by default $WEIR_TOPIC_PREFIX or grok.")
    String prefix = "grok.";

    @Option(
            names = "--command-config",
            paramLabel = "FILE",
            description = "A properties file with more settings of Kafka's clients, such as security.protocol.")
    @Nullable
    Path commandConfig;

    /** The settings for any Kafka client. */
    Map<String, Object> clients() {
        Map<String, Object> settings = new HashMap<>();
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
        settings.put("bootstrap.servers", bootstrapServers);
        return settings;
    }
}
