package dev.weir.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One process of Weir with its log file, and the signals that tests send to it. Each signal is proven to have worked.
 */
final class Child implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final int KILLED = 128 + 9;

    private final String name;
    private final Path log;
    private final Process process;

    private Child(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
    }

    /** Starts {@code weir} with those arguments; what it prints goes to the file. */
    static Child start(String name, Path log, String heap, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                classPath(),
                "dev.weir.cli.Main"));
        command.addAll(arguments);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            return new Child(name, log, process);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " could not be started", e);
        }
    }

    /** Ours without the test classes: their log settings are not for a child. */
    private static String classPath() {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        String separator = System.getProperty("path.separator");
        return List.of(all.split(Pattern.quote(separator))).stream()
                .filter(entry -> !entry.endsWith("test-classes"))
                .reduce((a, b) -> a + separator + b)
                .orElseThrow();
    }

    /** Waits for a line of its output and returns the match. */
    Matcher awaitLine(String pattern) {
        Pattern compiled = Pattern.compile(pattern);
        await().pollInterval(Duration.ofMillis(50)).atMost(PATIENCE).until(() -> {
            assertThat(isAlive()).as("%s runs; it printed: %s", name, tail()).isTrue();
            return compiled.matcher(output()).find();
        });
        Matcher matcher = compiled.matcher(output());
        assertThat(matcher.find()).isTrue();
        return matcher;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String name() {
        return name;
    }

    /** What it has printed so far. */
    String output() {
        try {
            return Files.readString(log, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
        assertThat(exitCode(PATIENCE)).as("exit code of %s after SIGKILL", name).isEqualTo(KILLED);
    }

    /** SIGTERM; returns the exit code. */
    int terminate(Duration patience) {
        process.destroy();
        return exitCode(patience);
    }

    /** SIGSTOP: not a thread of it runs any more. */
    void pause() {
        signal("STOP");
        await().atMost(PATIENCE).until(() -> state() == 'T');
    }

    /** SIGCONT. */
    void resume() {
        signal("CONT");
        await().atMost(PATIENCE).until(() -> state() != 'T');
    }

    /** Kills it, whatever its state. */
    @Override
    public void close() {
        process.destroyForcibly();
    }

    private void signal(String signal) {
        try {
            int code = new ProcessBuilder("sh", "-c", "kill -" + signal + " " + process.pid())
                    .start()
                    .waitFor();
            assertThat(code).as("exit code of kill -%s %s", signal, name).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while signalling " + name, e);
        }
    }

    /** The letter of the state in the process table: T when stopped. */
    private char state() throws IOException {
        String line = Files.readString(Path.of("/proc", String.valueOf(process.pid()), "stat"));
        return line.charAt(line.lastIndexOf(')') + 2);
    }

    private int exitCode(Duration patience) {
        try {
            assertThat(process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS))
                    .as("%s ended within %s; it printed: %s", name, patience, tail())
                    .isTrue();
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + name, e);
        }
    }

    String tail() {
        String all = output();
        return all.substring(Math.max(0, all.length() - 2_000));
    }
}
