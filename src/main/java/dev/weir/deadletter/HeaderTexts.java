package dev.weir.deadletter;

import dev.weir.event.Blob;
import dev.weir.event.EventHeader;
import java.util.List;
import java.util.Optional;

/** Reads single headers; the last of a name counts. */
final class HeaderTexts {
    private HeaderTexts() {}

    static Optional<String> last(List<EventHeader> headers, String name) {
        String found = null;
        for (EventHeader header : headers) {
            Blob value = header.value();
            if (header.name().equals(name)) {
                found = value == null ? null : value.text();
            }
        }
        return Optional.ofNullable(found);
    }

    /** A whole number from 0; empty when there is none. */
    static Optional<Long> whole(List<EventHeader> headers, String name) {
        return last(headers, name).filter(text -> text.matches("[0-9]{1,18}")).map(Long::parseLong);
    }

    /** The same, up to {@link Integer#MAX_VALUE}. */
    static Optional<Integer> small(List<EventHeader> headers, String name) {
        return whole(headers, name)
                .filter(number -> number <= Integer.MAX_VALUE)
                .map(Long::intValue);
    }
}
