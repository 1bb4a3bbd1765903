package dev.weir.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the whole machine does, from the kernel's own account; zeros where there is none. */
record Machine(long nanos, double busySeconds) {
    private static final Path ACCOUNT = Path.of("/proc/stat");
    private static final double TICKS_PER_SECOND = 100;
    private static final int USER = 1;
    private static final int IDLE = 4;
    private static final int WAITING = 5;
    private static final int STOLEN = 8;

    /** Processor time that anybody has used up to now, stolen time included. */
    static Machine now() {
        double ticks = 0;
        try {
            List<String> lines = Files.readAllLines(ACCOUNT);
            String[] fields = lines.get(0).trim().split("\\s+");
            for (int i = USER; i <= STOLEN && i < fields.length; i++) {
                ticks += i == IDLE || i == WAITING ? 0 : Double.parseDouble(fields[i]);
            }
        } catch (IOException e) {
            return new Machine(System.nanoTime(), 0);
        }
        return new Machine(System.nanoTime(), ticks / TICKS_PER_SECOND);
    }

    /** Processors that were busy since an earlier moment. */
    double coresSince(Machine earlier) {
        return (busySeconds - earlier.busySeconds) / ((nanos - earlier.nanos) / 1e9);
    }

    /** Waits until the machine has nothing else to do, or until patience ends. */
    static void awaitQuiet(double cores, long patienceSeconds) throws InterruptedException {
        long deadline = System.nanoTime() + patienceSeconds * 1_000_000_000L;
        while (System.nanoTime() < deadline) {
            Machine before = now();
            Thread.sleep(2_000);
            if (now().coresSince(before) < cores) {
                return;
            }
        }
    }
}
