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

    /** The same on a clock that is so much ahead. */
    PermitEntry onClockAhead(long millis) {
        return with(state.onClockAhead(millis));
    }

    PermitEntry ownedBy(long epoch) {
        return new PermitEntry(epoch, state);
    }
}
