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

    PermitEntry ownedBy(long epoch) {
        return new PermitEntry(epoch, state);
    }
}
