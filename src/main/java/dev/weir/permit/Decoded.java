package dev.weir.permit;

import java.util.List;

/**
 * What stands in a record of an internal topic, where a stray producer may write anything.
 *
 * @param messages those that Weir could have sent, in order
 * @param unreadable whether there was something else, or nothing
 * @param <T> the kind of message
 */
public record Decoded<T>(List<T> messages, boolean unreadable) {
    /** What stands there. */
    public Decoded {
        messages = List.copyOf(messages);
    }
}
