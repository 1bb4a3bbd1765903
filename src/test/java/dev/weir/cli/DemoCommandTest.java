package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.WeirConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class DemoCommandTest {
    private static final URI GROK = URI.create("http://127.0.0.1:8089");

    @TempDir
    Path folder;

    @Test
    void shouldTakeTheConfigurationButKeepItsOwnKafkaGrokAndState() throws IOException {
        Path file = Files.writeString(folder.resolve("weir.properties"), """
                topic.prefix=shop.
                grok.call.timeout.ms=7000
                retry.backoff.max.ms=3000
                bootstrap.servers=production:9092
                kafka.security.protocol=SSL
                topics.replication.factor=3
                grok.base.url=https://api.x.ai
                grok.api.key=${env:NOT_SET_ANYWHERE}
                grok.api.key.file=/no/such/file
                state.dir=data/state
                """);

        WeirConfig config = config("--config", file.toString(), "--set", "retry.backoff.max.ms=2500");

        assertThat(config.topics().prefix()).isEqualTo("shop.");
        assertThat(config.grok().callTimeout()).isEqualTo(Duration.ofSeconds(7));
        assertThat(config.retry().backoffMax()).isEqualTo(Duration.ofMillis(2500));
        assertThat(config.bootstrapServers()).isEqualTo("127.0.0.1:9");
        assertThat(config.kafkaCommon()).containsEntry("security.protocol", "PLAINTEXT");
        assertThat(config.topics().replicationFactor()).isEqualTo((short) 1);
        assertThat(config.grok().baseUrl()).isEqualTo(GROK);
        assertThat(config.requireApiKey()).isEqualTo("sim-key");
        assertThat(config.process().stateDir()).isEqualTo(folder);
    }

    @Test
    void shouldBeQuickWhereNothingIsSaid() {
        WeirConfig config = config();

        assertThat(config.grok().callTimeout()).isEqualTo(Duration.ofSeconds(5));
    }

    private WeirConfig config(String... arguments) {
        DemoCommand command = new DemoCommand();
        new CommandLine(command).parseArgs(arguments);
        return command.config("127.0.0.1:9", GROK, folder);
    }
}
