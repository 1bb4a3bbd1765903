package dev.weir.admission;

/**
 * Epoch milliseconds that go on at the pace of the monotonic clock from where the wall clock once stood: whoever sets
 * the wall clock neither frees a slot early nor holds one for long.
 *
 * @param wallMillis where the wall clock stood
 * @param steadyMicros where the monotonic clock stood then
 */
record SteadyTime(long wallMillis, long steadyMicros) {
    /** The time at that reading of the monotonic clock. */
    long at(long newSteadyMicros) {
        return Saturating.add(wallMillis, passedMillis(newSteadyMicros));
    }

    /** How long it has gone on. */
    long passedMillis(long newSteadyMicros) {
        return Math.max(0, Saturating.subtract(newSteadyMicros, steadyMicros)) / 1_000;
    }

    /**
     * By how much it is behind the wall clock, which was set or went on while the host slept. 0 when it is ahead: a
     * successor takes times ahead of its own for now.
     */
    long lateMillis(long newWallMillis, long newSteadyMicros) {
        return Math.max(0, Saturating.subtract(newWallMillis, at(newSteadyMicros)));
    }
}
