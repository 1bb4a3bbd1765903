package dev.weir.admission;

/**
 * Epoch milliseconds that go on at the pace of the monotonic clock from where the wall clock once stood: whoever sets
 * the wall clock neither frees a slot early nor holds one for long.
 */
final class SteadyTime {
    private final long wallMillis;
    private final long steadyMicros;

    /** Starts at the wall clock's time, at that reading of the monotonic clock. */
    SteadyTime(long wallMillis, long steadyMicros) {
        this.wallMillis = wallMillis;
        this.steadyMicros = steadyMicros;
    }

    /** The time at that reading of the monotonic clock. */
    long at(long newSteadyMicros) {
        long passedMicros = Math.max(0, Saturating.subtract(newSteadyMicros, steadyMicros));
        return Saturating.add(wallMillis, passedMicros / 1_000);
    }
}
