package dev.weir.admission;

/**
 * A quantity learned from samples: a moving mean and a moving mean deviation, as TCP learns its round trips. Integers,
 * so that it decides the same everywhere.
 *
 * @param samples how many were seen, up to where it no longer matters
 * @param mean the mean, in sixteenths
 * @param deviation the mean deviation, in sixteenths
 */
record Learned(int samples, long mean, long deviation) {
    /** Nothing was seen. */
    static final Learned NOTHING = new Learned(0, 0, 0);

    private static final long UNIT = 16;
    private static final int MEAN_WEIGHT = 16;
    private static final int DEVIATION_WEIGHT = 8;
    /** Larger samples say nothing more, and sums stay far from the end of the range. */
    private static final long LARGEST = 1L << 40;

    /** After one more sample. */
    Learned with(long sample) {
        long value = Math.max(-LARGEST, Math.min(LARGEST, sample)) * UNIT;
        if (samples == 0) {
            return new Learned(1, value, Math.abs(value) / 2);
        }
        int seen = Math.min(MEAN_WEIGHT, samples + 1);
        long error = value - mean;
        long nextMean = mean + error / seen;
        long nextDeviation = deviation + (Math.abs(error) - deviation) / Math.min(DEVIATION_WEIGHT, seen);
        return new Learned(seen, nextMean, nextDeviation);
    }

    /** What nearly all samples stay below: the mean and twice the deviation; the prior when nothing was seen. */
    long high(long prior) {
        return samples == 0 ? prior : whole(mean + 2 * deviation);
    }

    /** The mean, or the prior when nothing was seen. */
    long middle(long prior) {
        return samples == 0 ? prior : whole(mean);
    }

    private static long whole(long sixteenths) {
        return Math.floorDiv(sixteenths + UNIT - 1, UNIT);
    }
}
