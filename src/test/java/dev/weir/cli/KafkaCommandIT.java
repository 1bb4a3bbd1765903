package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(60)
final class KafkaCommandIT {
    @Test
    void shouldServeUntilToldToStopAndThenEndOrderly(@TempDir Path data) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Launcher.class.getName(),
                        data.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines = process.inputReader()) {
            assertThat(lines.readLine()).startsWith("Kafka is ready: bootstrap.servers=127.0.0.1:");
            process.destroy(); // SIGTERM
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        try (var files = Files.list(data)) {
            List<String> names =
                    files.map(file -> file.getFileName().toString()).toList();
            assertThat(names).contains("meta.properties", ".kafka_cleanshutdown");
        }
    }

    @Test
    void shouldRefuseAPortThatCannotBe() {
        StringWriter err = new StringWriter();
        CommandLine commandLine = new CommandLine(new KafkaCommand());
        commandLine.setExecutionExceptionHandler((failure, command, parsed) -> {
            err.write(failure.getMessage());
            return ((CliException) failure).exitCode();
        });
        assertThat(commandLine.setErr(new PrintWriter(err)).execute("--port", "70000"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).isEqualTo("--port is 70000, expected 0 to 65535");
    }

    /** The command in a process of its own. */
    static final class Launcher {
        public static void main(String[] args) {
            System.exit(new CommandLine(new KafkaCommand()).execute("--port", "0", "--data", args[0]));
        }
    }
}
