package dev.weir.admission;

import dev.weir.permit.LeaseKey;

/** One permit in memory: its entry, its place in line, and when its grant was last sent. Changed by its scope only. */
final class Permit {
    /** Not in line. */
    static final int NOWHERE = -1;

    final LeaseKey key;
    PermitEntry entry;
    int place = NOWHERE;
    long sentAtMillis;
    /** When its grant was held back last, or taken back from the log: its lease counts from there. */
    long heldMillis = Long.MIN_VALUE;
    /** The call may not start earlier: its slot is taken until then. */
    long notBeforeMillis;
    /** A grant to an older epoch may still come back unused, although the permit has gone to a newer one. */
    boolean grantedToOlderEpochToo;

    Permit(LeaseKey key, PermitEntry entry) {
        this.key = key;
        this.entry = entry;
    }

    PermitState state() {
        return entry.state();
    }

    @Override
    public String toString() {
        return key + " " + entry;
    }
}
