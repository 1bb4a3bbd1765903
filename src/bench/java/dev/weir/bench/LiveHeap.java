package dev.weir.bench;

import java.util.List;

/** What a Java process holds on its heap: all of it that is reachable. */
final class LiveHeap {
    private LiveHeap() {}

    /** The bytes after a full collection, by the last line of the JDK's histogram of classes. */
    static long bytes(Child process) {
        List<String> lines = Jcmd.ask(process, "GC.class_histogram").stream()
                .filter(line -> !line.isBlank())
                .toList();
        String last = lines.isEmpty() ? "" : lines.get(lines.size() - 1);
        String[] total = last.trim().split("\\s+");
        if (total.length != 3 || !total[0].equals("Total")) {
            throw new IllegalStateException("jcmd does not tell the heap of process " + process.pid() + ": " + last);
        }
        return Long.parseLong(total[2]);
    }
}
