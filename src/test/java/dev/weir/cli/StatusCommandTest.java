package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class StatusCommandTest {
    @TempDir
    Path folder;

    @Test
    void shouldTakeTheFleetOfTheConfiguration() throws IOException {
        String file = Files.writeString(folder.resolve("weir.properties"), "application.id=fleet-2\n")
                .toString();

        assertThat(application()).isEqualTo("weir");
        assertThat(application("--config", file)).isEqualTo("fleet-2");
        assertThat(application("--config", file, "--set", "application.id=fleet-3"))
                .isEqualTo("fleet-3");
        assertThat(application("--config", file, "--application-id", "fleet-4")).isEqualTo("fleet-4");
    }

    private static String application(String... arguments) {
        StatusCommand command = new StatusCommand();
        new CommandLine(command).parseArgs(arguments);
        return command.application();
    }
}
