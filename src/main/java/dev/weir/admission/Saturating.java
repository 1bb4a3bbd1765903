package dev.weir.admission;

/** Sums that stop at the ends of the range: a time that far away is as good as never. */
final class Saturating {
    private Saturating() {}

    /** The sum, or the end of the range that it would pass. */
    static long add(long a, long b) {
        long sum = a + b;
        boolean passed = ((a ^ sum) & (b ^ sum)) < 0;
        if (!passed) {
            return sum;
        }
        return a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }

    /** The difference, or the end of the range that it would pass. */
    static long subtract(long a, long b) {
        return b == Long.MIN_VALUE ? add(add(a, Long.MAX_VALUE), 1) : add(a, -b);
    }
}
