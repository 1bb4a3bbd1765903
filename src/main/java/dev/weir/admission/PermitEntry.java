package dev.weir.admission;

/**
 * What is stored of one permit.
 *
 * @param askEpoch the epoch of the dispatch task that asked, or that last owned up to it
 * @param state where it stands
 */
record PermitEntry(long askEpoch, PermitState state) {
    PermitEntry with(PermitState next) {
        return new PermitEntry(askEpoch, next);
    }

    /** The same, with its call made so much later. */
    PermitEntry laterBy(long millis) {
        return with(state.laterBy(millis));
    }

    PermitEntry ownedBy(long epoch) {
        return new PermitEntry(epoch, state);
    }
}
