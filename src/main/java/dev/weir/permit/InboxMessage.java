package dev.weir.permit;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.weir.event.StopClass;
import org.jspecify.annotations.Nullable;

/** What arrives in the inbox of a dispatch partition. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_ARRAY)
@JsonSubTypes({
    @JsonSubTypes.Type(value = InboxMessage.Grant.class, name = "grant"),
    @JsonSubTypes.Type(value = InboxMessage.Refusal.class, name = "refusal"),
    @JsonSubTypes.Type(value = InboxMessage.Cancel.class, name = "cancel")
})
public sealed interface InboxMessage {
    /**
     * One permit for one try.
     *
     * @param scope the quota
     * @param asksPartition the asks partition whose admission task grants
     * @param ownerEpoch that task's epoch; dispatch refuses a lower one than it has seen
     * @param askEpoch the epoch of the dispatch task that asked; another epoch returns the grant unused
     * @param key the lease
     * @param startInMillis the call may start so long after the grant arrives, not earlier: its slot in the window is
     *     not free before
     */
    record Grant(String scope, int asksPartition, long ownerEpoch, long askEpoch, LeaseKey key, long startInMillis)
            implements InboxMessage {}

    /**
     * Admission will never grant this ask.
     *
     * @param scope the quota
     * @param askEpoch the epoch of the dispatch task that asked
     * @param key the lease that will not be
     * @param stopClass fatal (too large for the quota) or expired
     * @param message why, for people
     */
    record Refusal(String scope, long askEpoch, LeaseKey key, StopClass stopClass, String message)
            implements InboxMessage {}

    /**
     * Cancels every open request with that user id.
     *
     * @param id the requester's id
     * @param note why, for people, or null
     */
    record Cancel(String id, @Nullable String note) implements InboxMessage {}
}
