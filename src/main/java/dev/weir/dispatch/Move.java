package dev.weir.dispatch;

import dev.weir.event.ErrorInfo;
import dev.weir.event.ResponseStatus;
import dev.weir.event.Usage;
import dev.weir.grok.GrokOutcome.Answered;
import dev.weir.retry.Tier;
import org.jspecify.annotations.Nullable;

/** What the lifecycle decides for one request. */
sealed interface Move {
    /** Nothing changes: the event belongs to another try, or came too late. */
    record Stay() implements Move {}

    /**
     * Ask for a permit.
     *
     * @param next the entry, waiting
     */
    record Ask(Entry next) implements Move {}

    /**
     * Write ahead, then call.
     *
     * @param next the entry, in flight
     * @param startInMillis not before so many milliseconds from now
     */
    record Call(Entry next, long startInMillis) implements Move {}

    /**
     * Send the payload through a tier.
     *
     * @param next the entry, retrying
     * @param tier the tier
     * @param dueMillis when it may go on, epoch milliseconds
     * @param error the failure
     */
    record Retry(Entry next, Tier tier, long dueMillis, ErrorInfo error) implements Move {}

    /**
     * Keep the payload until it is due.
     *
     * @param next the entry, delayed
     */
    record Hold(Entry next) implements Move {}

    /**
     * Read the record again, of which it could not be told what it asks.
     *
     * @param entry the entry, undecoded
     */
    record Decode(Entry entry) implements Move {}

    /**
     * The terminal outcome; a failed one is dead-lettered too.
     *
     * @param last the entry as it ends
     * @param status the outcome
     * @param error why, null exactly when succeeded
     * @param answer Grok's answer, null unless succeeded
     * @param usage what the last call used, or null when that is not known
     */
    record End(
            Entry last,
            ResponseStatus status,
            @Nullable ErrorInfo error,
            @Nullable Answered answer,
            @Nullable Usage usage)
            implements Move {
        /** An outcome that no failed call led to. */
        End(Entry last, ResponseStatus status, @Nullable ErrorInfo error, @Nullable Answered answer) {
            this(last, status, error, answer, answer == null ? null : answer.usage());
        }
    }
}
