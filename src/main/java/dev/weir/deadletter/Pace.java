package dev.weir.deadletter;

/** Spreads sendings over time: never closer than the rate allows, and never in a burst after a delay. Pure. */
record Pace(long intervalNanos) {
    private static final double NANOS_PER_SECOND = 1e9;

    /**
     * The pace of so many a second.
     *
     * @param perSecond more than 0, up to a million
     */
    static Pace of(double perSecond) {
        if (!(perSecond > 0 && perSecond <= 1_000_000)) {
            throw new IllegalArgumentException("--rate is " + perSecond + "; use more than 0, up to 1000000 a second");
        }
        return new Pace((long) Math.ceil(NANOS_PER_SECOND / perSecond));
    }

    /** When the next sending is due after one at the time given. */
    long afterNanos(long sentNanos) {
        return sentNanos + intervalNanos;
    }
}
