package dev.weir.admission;

/**
 * Epoch milliseconds that never go back and never stand still for long: a wall clock that steps back is followed from
 * where it landed, so that waiting goes on at its normal pace.
 */
final class SteadyTime {
    private long wallMillis;
    private long steadyMillis;

    /** Starts at the wall clock's time. */
    SteadyTime(long wallMillis) {
        this.wallMillis = wallMillis;
        this.steadyMillis = wallMillis;
    }

    /** The steady time at that reading of the wall clock. */
    long at(long newWallMillis) {
        long passed = Saturating.subtract(newWallMillis, wallMillis);
        wallMillis = newWallMillis;
        steadyMillis = Saturating.add(steadyMillis, Math.max(0, passed));
        return steadyMillis;
    }
}
