package dev.weir.admission;

/**
 * How the last calls ended, as bits: one for a passing failure.
 *
 * @param bits the last ends, the latest lowest
 * @param count how many there are, up to {@link #LOOKED_AT}
 */
record Failures(long bits, int count) {
    /** No call has ended. */
    static final Failures NONE = new Failures(0, 0);

    /** So many ends are looked at. */
    static final int LOOKED_AT = 20;
    /** So many of them must be failures. */
    static final int TOO_MANY = 16;

    Failures with(boolean failed) {
        long next = ((bits << 1) | (failed ? 1 : 0)) & ((1L << LOOKED_AT) - 1);
        return new Failures(next, Math.min(LOOKED_AT, count + 1));
    }

    boolean areTooMany() {
        return count == LOOKED_AT && Long.bitCount(bits) >= TOO_MANY;
    }
}
