package dev.weir.dispatch;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

/** Where an open request stands. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_ARRAY)
@JsonSubTypes({
    @JsonSubTypes.Type(value = Status.Waiting.class, name = "w"),
    @JsonSubTypes.Type(value = Status.Delayed.class, name = "d"),
    @JsonSubTypes.Type(value = Status.InFlight.class, name = "f"),
    @JsonSubTypes.Type(value = Status.Retrying.class, name = "r"),
    @JsonSubTypes.Type(value = Status.Following.class, name = "l"),
    @JsonSubTypes.Type(value = Status.Undecoded.class, name = "u")
})
sealed interface Status {
    /** A permit was asked for. */
    record Waiting() implements Status {}

    /**
     * Back from a retry tier, not due yet.
     *
     * @param dueMillis epoch milliseconds
     */
    record Delayed(long dueMillis) implements Status {}

    /**
     * The call may be under way. Written before the call starts.
     *
     * @param epoch of the task that started it
     */
    record InFlight(long epoch) implements Status {}

    /**
     * The payload travels through a retry tier.
     *
     * @param dueMillis epoch milliseconds
     * @param cancelled why it ends when the payload is back, or null when it goes on
     */
    record Retrying(long dueMillis, @Nullable String cancelled) implements Status {}

    /**
     * An earlier record with the same id is open; its outcome will be this one's too.
     *
     * @param leader the earlier record's offset
     */
    record Following(long leader) implements Status {}

    /**
     * What the record asks cannot be told yet: the schema that it names cannot be reached.
     *
     * @param dueMillis when it is read again, epoch milliseconds
     * @param readings how often it was read in vain
     */
    record Undecoded(long dueMillis, int readings) implements Status {}
}
