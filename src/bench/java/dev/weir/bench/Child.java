package dev.weir.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process of the benchmark: broker, simulator or contestant. Its output goes to a log file. */
final class Child implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 180;

    private final String name;
    private final Process process;
    private final Path log;
    private final CompletableFuture<Matcher> announced = new CompletableFuture<>();

    private Child(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /** Starts a process; the first line of output that matches is kept for {@link #announcement()}. */
    static Child start(String name, List<String> command, Path log, Pattern announcement) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            Child child = new Child(name, process, log);
            Thread pump = new Thread(() -> child.pump(announcement), "log-of-" + name);
            pump.setDaemon(true);
            pump.start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
            return child;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void pump(Pattern announcement) {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
                PrintWriter out = new PrintWriter(Files.newBufferedWriter(log), true)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                out.println(line);
                Matcher matcher = announcement.matcher(line);
                if (!announced.isDone() && matcher.find()) {
                    announced.complete(matcher);
                }
            }
        } catch (IOException e) {
            announced.completeExceptionally(e);
        }
        announced.completeExceptionally(new IllegalStateException(name + " ended, its log is " + log));
    }

    /** The first group of the announcement, once the process has printed it. */
    String announcement() throws InterruptedException {
        try {
            return announced.get(PATIENCE_SECONDS, TimeUnit.SECONDS).group(1);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(name + " did not get ready, its log is " + log, e);
        }
    }

    /** Its number. */
    long pid() {
        return process.pid();
    }

    /** Ends it as a crash would (SIGKILL). */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        var unused = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Fails if the process has ended. */
    void requireAlive() {
        if (!process.isAlive()) {
            throw new IllegalStateException(
                    name + " ended with exit code " + process.exitValue() + ", its log is " + log);
        }
    }

    /** What it has used up to now. */
    Usage usage() {
        long cpu = process.toHandle()
                .info()
                .totalCpuDuration()
                .map(java.time.Duration::toMillis)
                .orElse(0L);
        return new Usage(cpu, statusKilobytes("VmRSS:"), statusKilobytes("VmHWM:"));
    }

    private long statusKilobytes(String field) {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        try {
            for (String line : Files.readAllLines(status)) {
                if (line.startsWith(field)) {
                    return Long.parseLong(line.replaceAll("\\D", ""));
                }
            }
        } catch (IOException e) {
            return 0;
        }
        return 0;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /**
     * What a process used.
     *
     * @param cpuMillis processor time since its start
     * @param rssKilobytes its memory now; 0 where the system does not tell
     * @param peakKilobytes its memory at most
     */
    record Usage(long cpuMillis, long rssKilobytes, long peakKilobytes) {}
}
