package dev.weir.control;

import org.jspecify.annotations.Nullable;

/** What an operator or application wants of the gateway. */
public sealed interface ControlCommand {
    /** What the command is about, the key of its record: an id or a scope. */
    String subject();

    /**
     * Takes a request back.
     *
     * @param id the requester's id, or the coordinates of the request record
     * @param note why, for people, or null
     */
    record Cancel(String id, @Nullable String note) implements ControlCommand {
        @Override
        public String subject() {
            return id;
        }
    }

    /**
     * Opens a scope that is halted or paused.
     *
     * @param scope its name
     */
    record Resume(String scope) implements ControlCommand {
        @Override
        public String subject() {
            return scope;
        }
    }
}
