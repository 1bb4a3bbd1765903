package dev.weir.deadletter;

/** What the redrive rule answers for a dead letter. */
sealed interface RedriveDecision {
    /**
     * It is sent again.
     *
     * @param record what to publish
     * @param estimate what the call may use
     */
    record Send(RedriveRecord record, TokenEstimate estimate) implements RedriveDecision {}

    /**
     * It is left where it is.
     *
     * @param why the kind of reason
     * @param detail more about it, without prompt text
     */
    record Skip(SkipReason why, String detail) implements RedriveDecision {
        Skip(SkipReason why) {
            this(why, why.explanation());
        }
    }
}
