package dev.weir.event;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What reading a request record answers. */
public sealed interface RequestReading {
    /** The request's id, from the event or a header, else its coordinates. */
    String id();

    /**
     * The record is a request.
     *
     * @param request what it asks
     */
    record Accepted(GrokRequest request) implements RequestReading {
        @Override
        public String id() {
            return request.id();
        }
    }

    /**
     * What the record asks cannot be told now, because something that it needs cannot be reached; later it can.
     *
     * @param id the id if a header tells it, else the coordinates
     * @param message why, for people
     */
    record Unavailable(String id, String message) implements RequestReading {}

    /**
     * The record is none; what could be told of it goes into the failed response.
     *
     * @param id the id as far as it could be told, else the coordinates
     * @param reason why
     * @param message names the field, the value and the cure; holds no prompt text
     * @param priority the priority if it could be told, else normal
     * @param tenant the tenant if it could be told
     * @param conversation the conversation if it could be told
     * @param metadata the metadata if it could be told
     */
    record Rejected(
            String id,
            Reason reason,
            String message,
            Priority priority,
            @Nullable String tenant,
            @Nullable String conversation,
            Map<String, String> metadata)
            implements RequestReading {
        /** Copies the metadata. */
        public Rejected {
            metadata = Map.copyOf(metadata);
        }
    }
}
