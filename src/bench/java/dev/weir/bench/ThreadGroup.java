package dev.weir.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the threads of a contestant are for, by their names as Linux has them: the first 15 characters. */
enum ThreadGroup {
    /** Weir's stream threads that hold, call and answer requests. */
    DISPATCH("weir-dispatch"),
    /** Weir's stream threads that decide on permits. */
    ADMISSION("weir-admission"),
    /** The event loops of the HTTP client. */
    HTTP("armeria-common", "vert.x-eventloo"),
    /** The network threads of Kafka's producers. */
    PRODUCERS("kafka-producer"),
    /** The virtual machine's compilers. */
    COMPILERS("C1 Compiler", "C2 Compiler"),
    /** The virtual machine's collector. */
    COLLECTOR("GC Thread", "G1 ", "VM Thread");

    private static final int MILLIS_PER_TICK = 10;
    private static final int USER_FIELD = 11;

    private final List<String> prefixes;

    ThreadGroup(String... prefixes) {
        this.prefixes = List.of(prefixes);
    }

    /** The name of its figure: the processor time of an answer. */
    String figure() {
        return "cpu_us_" + name().toLowerCase(Locale.ROOT);
    }

    /** The processor time of each group since the process started; of threads that are still there. */
    static Map<ThreadGroup, Long> cpuMillis(long pid) {
        Map<ThreadGroup, Long> millis = new EnumMap<>(ThreadGroup.class);
        Path tasks = Path.of("/proc", Long.toString(pid), "task");
        if (!Files.isDirectory(tasks)) {
            return millis;
        }
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
            for (Path thread : threads) {
                add(thread, millis);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return millis;
    }

    private static void add(Path thread, Map<ThreadGroup, Long> millis) throws IOException {
        try {
            String name = Files.readString(thread.resolve("comm"));
            String stat = Files.readString(thread.resolve("stat"));
            for (ThreadGroup group : values()) {
                if (group.prefixes.stream().anyMatch(name::startsWith)) {
                    millis.merge(group, millis(stat), Long::sum);
                }
            }
        } catch (NoSuchFileException e) {
            // It ended meanwhile.
            return;
        }
    }

    /** User and system time: the 14th and 15th field, counted behind the name, which may hold blanks. */
    private static long millis(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[USER_FIELD]) + Long.parseLong(fields[USER_FIELD + 1])) * MILLIS_PER_TICK;
    }
}
