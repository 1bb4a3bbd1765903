package dev.weir.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The processor time of a Java process's threads at a moment, where the system is Linux; elsewhere of none.
 *
 * @param millis by the thread's number, since it started
 */
record ThreadTimes(Map<Long, Long> millis) {
    private static final int MILLIS_PER_TICK = 10;
    private static final int USER_FIELD = 11;

    /** As in {@code "VM Thread" os_prio=0 cpu=5.1ms elapsed=9.0s tid=0x00007f nid=0x1c2b runnable}. */
    private static final Pattern THREAD = Pattern.compile("^\"(.*)\" .*nid=(0x[0-9a-f]+|\\d+) .*");

    ThreadTimes {
        millis = Map.copyOf(millis);
    }

    static ThreadTimes of(Child process) {
        Map<Long, Long> millis = new HashMap<>();
        Path tasks = Path.of("/proc", Long.toString(process.pid()), "task");
        if (!Files.isDirectory(tasks)) {
            return new ThreadTimes(millis);
        }
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
            for (Path thread : threads) {
                add(thread, millis);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ThreadTimes(millis);
    }

    private static void add(Path thread, Map<Long, Long> millis) throws IOException {
        try {
            millis.put(Long.valueOf(thread.getFileName().toString()), millis(Files.readString(thread.resolve("stat"))));
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

    /** What each group has used since; of threads that are still there. */
    Map<ThreadGroup, Long> groupsSince(ThreadTimes before, Child process) {
        Map<ThreadGroup, Long> used = new EnumMap<>(ThreadGroup.class);
        for (String line : Jcmd.ask(process, "Thread.print")) {
            Matcher thread = THREAD.matcher(line);
            if (thread.matches()) {
                long number = Long.decode(thread.group(2));
                long since = millis.getOrDefault(number, 0L) - before.millis.getOrDefault(number, 0L);
                ThreadGroup.of(thread.group(1)).ifPresent(group -> used.merge(group, since, Long::sum));
            }
        }
        return used;
    }
}
