package dev.weir.control;

import org.jspecify.annotations.Nullable;

/** How commands are written on the control topic. Threading: any thread; never waits. */
@FunctionalInterface
public interface ControlFormat {
    /** What reading a record answers. */
    sealed interface Reading {
        /**
         * The record is a command.
         *
         * @param command which
         */
        record Understood(ControlCommand command) implements Reading {}

        /**
         * It is none.
         *
         * @param message names the field and the cure
         */
        record Unreadable(String message) implements Reading {}

        /**
         * It cannot be told yet, as its schema is not known; to be read again later.
         *
         * @param message what is waited for
         */
        record Unavailable(String message) implements Reading {}
    }

    /**
     * The command, or why there is none; any input is answered.
     *
     * @param value the record's value
     * @param schemaHeader the header that names the value's schema, or null
     */
    Reading read(byte @Nullable [] value, byte @Nullable [] schemaHeader);

    /** Commands in JSON only. */
    static ControlFormat json() {
        return (value, schemaHeader) -> ControlCodec.read(value);
    }
}
