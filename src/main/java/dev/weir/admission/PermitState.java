package dev.weir.admission;

import dev.weir.event.Priority;
import dev.weir.permit.AskMessage;

/** Where a permit stands. */
sealed interface PermitState {
    /** What its request wants; unknown of calls that are over. */
    Demand demand();

    /** What it takes of the tokens. */
    long tokens();

    /** The same, with its call made so much later; itself when none is known to be made. */
    default PermitState laterBy(long millis) {
        return this;
    }

    /** The same on a clock that is so much ahead: all times of admission are later. */
    default PermitState onClockAhead(long millis) {
        return laterBy(millis);
    }

    /**
     * Waits in line.
     *
     * @param priority how urgent
     * @param receivedAtMillis when the request was first read, epoch milliseconds
     * @param arrival grows with every ask of the scope; decides between equals
     * @param demand what it wants
     */
    record Queued(Priority priority, long receivedAtMillis, long arrival, Demand demand) implements PermitState {
        @Override
        public long tokens() {
            return 0;
        }

        /** The same place for an ask that replaces it. */
        Queued askedAgain(AskMessage.Ask ask) {
            return new Queued(ask.priority(), ask.receivedAtMillis(), arrival, Demand.of(ask));
        }
    }

    /**
     * Granted, and not known to have been used yet.
     *
     * @param atMillis when
     * @param tokens reserved for it
     * @param demand what it wanted
     */
    record Granted(long atMillis, long tokens, Demand demand) implements PermitState {
        @Override
        public PermitState onClockAhead(long millis) {
            return new Granted(Saturating.add(atMillis, millis), tokens, demand);
        }

        /** Its call was made at that time. */
        Started startedAt(long startMillis) {
            return new Started(atMillis, startMillis, tokens, demand);
        }
    }

    /**
     * Its call runs.
     *
     * @param grantedAtMillis when it was granted
     * @param startMillis when the call was made, by admission's clock
     * @param tokens reserved for it
     * @param demand what it wanted
     */
    record Started(long grantedAtMillis, long startMillis, long tokens, Demand demand) implements PermitState {
        @Override
        public PermitState laterBy(long millis) {
            return new Started(grantedAtMillis, Saturating.add(startMillis, millis), tokens, demand);
        }

        @Override
        public PermitState onClockAhead(long millis) {
            long granted = Saturating.add(grantedAtMillis, millis);
            return new Started(granted, Saturating.add(startMillis, millis), tokens, demand);
        }
    }

    /**
     * Its call is over, or lost, and still counts in a window.
     *
     * @param startMillis when the call was made, by admission's clock
     * @param tokens that it used, as far as is known
     */
    record Settled(long startMillis, long tokens) implements PermitState {
        @Override
        public Demand demand() {
            return Demand.UNKNOWN;
        }

        @Override
        public PermitState laterBy(long millis) {
            return new Settled(Saturating.add(startMillis, millis), tokens);
        }
    }
}
