package dev.weir.admission;

/**
 * What an owner stores of itself.
 *
 * @param epoch grows with every owner
 * @param lateMillis by how much the times in the log are earlier than the wall clock would have told them
 */
record Owner(long epoch, long lateMillis) {
    /** Nobody was. */
    static final Owner NONE = new Owner(0, 0);
}
