package dev.weir.bench;

import java.time.Duration;

/** Tells when a count has not changed for a while. Threading: one thread. */
final class Quiet {
    private final long nanos;
    private long count = -1;
    private long sinceNanos;

    Quiet(Duration length) {
        nanos = length.toNanos();
    }

    /** Whether the count, which is this now, has been the same for so long. */
    boolean at(long now, long nanoTime) {
        if (now != count) {
            count = now;
            sinceNanos = nanoTime;
        }
        return nanoTime - sinceNanos >= nanos;
    }
}
