package dev.weir.cli;

import java.io.PrintWriter;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/** Tells every few seconds how far a redrive is. Threading: one thread. */
final class RedriveProgress implements LongConsumer {
    private static final long QUIET_NANOS = 2_000_000_000;

    private final PrintWriter out;
    private final LongSupplier nanoTime;
    private final long all;
    private long toldNanos;

    RedriveProgress(PrintWriter out, LongSupplier nanoTime, long all) {
        this.out = out;
        this.nanoTime = nanoTime;
        this.all = all;
        this.toldNanos = nanoTime.getAsLong();
    }

    @Override
    public void accept(long sent) {
        long now = nanoTime.getAsLong();
        if (now - toldNanos >= QUIET_NANOS) {
            toldNanos = now;
            out.printf("  %,d of %,d sent%n", sent, all);
            out.flush();
        }
    }
}
