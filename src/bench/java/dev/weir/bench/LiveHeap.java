package dev.weir.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** What a Java process holds on its heap: all of it that is reachable. */
final class LiveHeap {
    private LiveHeap() {}

    /** The bytes after a full collection, by the last line of the JDK's histogram of classes. */
    static long bytes(Child process) {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        List<String> command = List.of(jcmd, Long.toString(process.pid()), "GC.class_histogram");
        String last = "";
        try {
            Process histogram =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            try (BufferedReader lines = histogram.inputReader(StandardCharsets.UTF_8)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    last = line.isBlank() ? last : line;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String[] total = last.trim().split("\\s+");
        if (total.length != 3 || !total[0].equals("Total")) {
            throw new IllegalStateException("jcmd does not tell the heap of process " + process.pid() + ": " + last);
        }
        return Long.parseLong(total[2]);
    }
}
