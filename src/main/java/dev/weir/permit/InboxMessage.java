package dev.weir.permit;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.weir.event.Blob;
import dev.weir.event.ErrorInfo;
import dev.weir.event.StopClass;
import dev.weir.event.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What arrives in the inbox of a dispatch partition. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_ARRAY)
@JsonSubTypes({
    @JsonSubTypes.Type(value = InboxMessage.Grant.class, name = "grant"),
    @JsonSubTypes.Type(value = InboxMessage.Refusal.class, name = "refusal"),
    @JsonSubTypes.Type(value = InboxMessage.Cancel.class, name = "cancel"),
    @JsonSubTypes.Type(value = InboxMessage.Outdated.class, name = "outdated"),
    @JsonSubTypes.Type(value = InboxMessage.Claim.class, name = "claim"),
    @JsonSubTypes.Type(value = InboxMessage.Trouble.class, name = "trouble"),
    @JsonSubTypes.Type(value = InboxMessage.Held.class, name = "held"),
    @JsonSubTypes.Type(value = InboxMessage.HandedAnswer.class, name = "handed-answer"),
    @JsonSubTypes.Type(value = InboxMessage.HandedFailure.class, name = "handed-failure")
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
     * @param sentAtMicros when that was reckoned, on the owner's monotonic clock; comparable with other grants of the
     *     same owner epoch only
     */
    record Grant(
            String scope,
            int asksPartition,
            long ownerEpoch,
            long askEpoch,
            LeaseKey key,
            long startInMillis,
            long sentAtMicros)
            implements InboxMessage {}

    /**
     * Admission will never grant this ask.
     *
     * @param scope the quota
     * @param askEpoch the epoch of the dispatch task that asked
     * @param key the lease that will not be
     * @param stopClass fatal: too large for the quota; an older version also said expired, of which dispatch judges
     *     itself
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

    /**
     * Admission has heard a newer epoch of this partition than one that still speaks. Whoever owns the partition must
     * speak with a higher one: clocks differ, and an epoch that was never committed may be ahead of its successor's.
     *
     * @param epoch the newest that was heard
     */
    record Outdated(long epoch) implements InboxMessage {}

    /**
     * A partition's call was refused or has failed, in a scope whose quota is off: what is wrong may concern all.
     *
     * @param scope the scope
     */
    record Trouble(String scope) implements InboxMessage {}

    /**
     * A new owner's message to itself: when it reads this, it has read all that its predecessor sent before it left.
     *
     * @param epoch the new owner's
     */
    record Claim(long epoch) implements InboxMessage {}

    /**
     * A process that no longer owns the partition still runs calls of it. Repeated while it does.
     *
     * @param holder the process
     * @param epoch the one in which it planned what it never started, null where an older version says this
     * @param running calls whose results will be handed over
     * @param neverStarted calls that were planned and will not be made
     */
    record Held(String holder, @Nullable Long epoch, List<LeaseKey> running, List<LeaseKey> neverStarted)
            implements InboxMessage {
        /** Copies the lists. */
        public Held {
            running = List.copyOf(running);
            neverStarted = List.copyOf(neverStarted);
        }
    }

    /**
     * The answer to a call of a former owner.
     *
     * @param key the call
     * @param callMillis how long it took
     * @param model the model that answered
     * @param content the text of the first choice, or null
     * @param response Grok's body, verbatim
     * @param usage what was used, or null
     * @param observed the server's word on its limits
     */
    record HandedAnswer(
            LeaseKey key,
            long callMillis,
            String model,
            @Nullable String content,
            Blob response,
            @Nullable Usage usage,
            QuotaObservation observed)
            implements InboxMessage {}

    /**
     * The failure of a call of a former owner.
     *
     * @param key the call
     * @param callMillis how long it took
     * @param error why
     * @param nothingSent whether it is certain that the server never saw it
     * @param retryAfterMillis how long the server asks to wait, or null
     * @param usage what was billed all the same, or null
     * @param observed the server's word on its limits
     */
    record HandedFailure(
            LeaseKey key,
            long callMillis,
            ErrorInfo error,
            boolean nothingSent,
            @Nullable Long retryAfterMillis,
            @Nullable Usage usage,
            QuotaObservation observed)
            implements InboxMessage {}
}
