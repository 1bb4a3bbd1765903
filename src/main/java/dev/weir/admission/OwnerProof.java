package dev.weir.admission;

/**
 * Whether this task may still believe that it owns its partition. After a silence in which a successor could have been
 * chosen it grants nothing until a commit has succeeded. A commit may never come when nothing was read; then a whole
 * session without another silence proves the same, because a member that was thrown out learns it when it polls.
 */
final class OwnerProof {
    private final long silenceMillis;
    private long lastMillis;
    private long doubtedSinceMillis;
    private boolean doubted;

    /**
     * Believes, from now on.
     *
     * @param silenceMillis the longest harmless silence, half a session
     */
    OwnerProof(long silenceMillis, long nowMillis) {
        this.silenceMillis = silenceMillis;
        this.lastMillis = nowMillis;
    }

    /** The task runs; true when it must now ask for a commit. */
    boolean alive(long nowMillis) {
        boolean silent = nowMillis - lastMillis > silenceMillis;
        lastMillis = nowMillis;
        if (silent) {
            doubted = true;
            doubtedSinceMillis = nowMillis;
        } else if (doubted && nowMillis - doubtedSinceMillis > 2 * silenceMillis) {
            doubted = false;
        }
        return silent;
    }

    /** A commit that was asked for has succeeded. */
    void committed() {
        doubted = false;
    }

    boolean holds() {
        return !doubted;
    }
}
