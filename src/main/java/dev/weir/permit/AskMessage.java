package dev.weir.permit;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.weir.event.Priority;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What dispatch tells admission, on the asks topic. Every message is idempotent by its keys. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_ARRAY)
@JsonSubTypes({
    @JsonSubTypes.Type(value = AskMessage.Hello.class, name = "hello"),
    @JsonSubTypes.Type(value = AskMessage.HelloDone.class, name = "hello-done"),
    @JsonSubTypes.Type(value = AskMessage.Ask.class, name = "ask"),
    @JsonSubTypes.Type(value = AskMessage.Started.class, name = "started"),
    @JsonSubTypes.Type(value = AskMessage.Settle.class, name = "settle"),
    @JsonSubTypes.Type(value = AskMessage.Withdraw.class, name = "withdraw"),
    @JsonSubTypes.Type(value = AskMessage.Resume.class, name = "resume")
})
public sealed interface AskMessage {
    /** Messages of a dispatch task, ordered by (epoch, seq) within its partition. */
    sealed interface FromDispatch extends AskMessage {
        /** The sender. */
        Origin origin();
    }

    /**
     * A dispatch task has started; its asks and held leases follow. Sent to every partition of the asks topic.
     *
     * @param origin the sender
     */
    record Hello(Origin origin) implements FromDispatch {}

    /**
     * All that the new epoch holds was told: what is left of older epochs is gone. Sent to every asks partition.
     *
     * @param origin the sender
     */
    record HelloDone(Origin origin) implements FromDispatch {}

    /**
     * Asks for a permit, replacing an older ask for the same request. Re-asks after a hello keep their rank, because
     * rank follows {@code receivedAtMillis}.
     *
     * @param origin the sender
     * @param scope the quota it falls under
     * @param key the request and its try
     * @param model the model asked for, for learned token estimates
     * @param priority how urgent
     * @param tenant for whom, empty when the request names none
     * @param receivedAtMillis when the request was first read, epoch milliseconds
     * @param deadlineMillis a hint after which no grant is wanted, epoch milliseconds, or null
     * @param promptBytes the size of the request's body, from which prompt tokens are estimated
     * @param maxCompletionTokens the request's own bound on visible output, or null
     * @param attempts failed calls of the request that were charged to it, 0 for its first
     */
    record Ask(
            Origin origin,
            String scope,
            LeaseKey key,
            String model,
            Priority priority,
            String tenant,
            long receivedAtMillis,
            @Nullable Long deadlineMillis,
            int promptBytes,
            @Nullable Long maxCompletionTokens,
            int attempts)
            implements FromDispatch {}

    /**
     * Calls that have been written to the wire.
     *
     * @param origin the sender
     * @param scope their quota
     * @param sentAtMicros when this message was sent, on the sender's monotonic clock
     * @param calls which, and how long before this message was sent
     */
    record Started(Origin origin, String scope, long sentAtMicros, List<StartedCall> calls) implements FromDispatch {
        /** Copies the list. */
        public Started {
            calls = List.copyOf(calls);
        }

        /** The same for a receiver that knows how long the message took at least: the calls are older by that. */
        public Started olderBy(long millis) {
            List<StartedCall> older = calls.stream()
                    .map(call -> new StartedCall(call.key(), call.ageMillis() + millis, call.spareMillis()))
                    .toList();
            return new Started(origin, scope, sentAtMicros, older);
        }
    }

    /**
     * One started call.
     *
     * @param key its lease
     * @param ageMillis milliseconds from the wire write to the sending of the message, on the sender's monotonic clock
     * @param spareMillis milliseconds from when the call was ready to when its permit let it start, negative when it
     *     was ready later; null when that is not known
     */
    record StartedCall(
            LeaseKey key, long ageMillis, @Nullable Long spareMillis) {}

    /**
     * A permit has ended: the call is over, or was never made. Also tells of a call that was not yet reported started.
     *
     * @param origin the sender
     * @param scope its quota
     * @param key its lease
     * @param model the model called
     * @param tenant for whom, empty when the request names none
     * @param end how it ended
     * @param ageMillis milliseconds from the wire write to the sending of this message; null when nothing was written
     * @param promptTokens tokens of the prompt as billed, or null when unknown
     * @param outputTokens completion and reasoning tokens, or null when unknown
     * @param reasoningTokens the reasoning tokens among them, or null when unknown
     * @param retryAfterMillis how long the server asks to wait, or null
     * @param observed the server's own word on its limits
     */
    record Settle(
            Origin origin,
            String scope,
            LeaseKey key,
            String model,
            String tenant,
            CallEnd end,
            @Nullable Long ageMillis,
            @Nullable Long promptTokens,
            @Nullable Long outputTokens,
            @Nullable Long reasoningTokens,
            @Nullable Long retryAfterMillis,
            QuotaObservation observed)
            implements FromDispatch {}

    /**
     * The request needs no permit any more (expired or cancelled while waiting).
     *
     * @param origin the sender
     * @param scope its quota
     * @param key its lease
     */
    record Withdraw(Origin origin, String scope, LeaseKey key) implements FromDispatch {}

    /**
     * An operator opens a halted or paused scope.
     *
     * @param scope the scope
     */
    record Resume(String scope) implements AskMessage {}
}
