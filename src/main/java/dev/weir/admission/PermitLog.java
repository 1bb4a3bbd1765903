package dev.weir.admission;

import dev.weir.permit.LeaseKey;

/** Where every change of state is written, in order, so that a successor decides the same. */
interface PermitLog {
    /** A permit is new or has changed. */
    void put(String scope, LeaseKey key, PermitEntry entry);

    /** A permit counts nowhere any more. */
    void delete(String scope, LeaseKey key);

    /** A scope's pause has changed. */
    void put(String scope, Pause pause);

    /** What was last heard of an origin. */
    void put(int origin, Origins.Mark mark);

    /**
     * A scope has learned something, or remembers something else than before.
     *
     * @param what it is about, unique in the scope
     * @param numbers what there is to know; none to forget it
     */
    void remember(String scope, String what, long... numbers);
}
