package dev.weir.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How request records are read. */
@FunctionalInterface
public interface RequestFormat {
    /**
     * What the record asks, or why it asks nothing, or why that cannot be told now; never throws.
     *
     * @param value the record's value
     * @param headers all its headers
     * @param source where it stands
     */
    RequestReading read(@Nullable Blob value, List<EventHeader> headers, SourceCoordinates source);
}
