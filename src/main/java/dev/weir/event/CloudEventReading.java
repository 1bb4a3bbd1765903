package dev.weir.event;

import org.jspecify.annotations.Nullable;

/** What a record is in the eyes of CloudEvents. */
sealed interface CloudEventReading {
    /** The record does not say that it is a CloudEvent. */
    record Plain() implements CloudEventReading {}

    /** It is one. */
    record Valid(CloudEvent event) implements CloudEventReading {}

    /**
     * It says so, but is none.
     *
     * @param problem why
     * @param id its id if that could be told
     */
    record Broken(Problem problem, @Nullable String id) implements CloudEventReading {}
}
