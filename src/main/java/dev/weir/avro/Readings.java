package dev.weir.avro;

import dev.weir.event.Blob;
import dev.weir.event.EventHeader;
import dev.weir.event.Reason;
import dev.weir.event.RequestReader;
import dev.weir.event.RequestReading;
import dev.weir.event.RequestReading.Rejected;
import dev.weir.event.RequestReading.Unavailable;
import dev.weir.event.SourceCoordinates;
import java.util.List;

/** Readings of records that hold no readable request; what headers and envelope tell all the same goes with them. */
final class Readings {
    private static final Blob NOTHING = Blob.utf8("{}");

    private Readings() {}

    static RequestReading undecodable(List<EventHeader> headers, SourceCoordinates source, String message) {
        return undecodable(NOTHING, headers, source, message);
    }

    /** The envelope must be one that is refused, such as one with an empty body. */
    static RequestReading undecodable(
            Blob envelope, List<EventHeader> headers, SourceCoordinates source, String message) {
        RequestReading known = RequestReader.read(envelope, headers, source);
        if (known instanceof Rejected told) {
            return new Rejected(
                    told.id(),
                    Reason.UNDECODABLE,
                    message,
                    told.priority(),
                    told.tenant(),
                    told.conversation(),
                    told.metadata());
        }
        throw new IllegalStateException("a request without a body was accepted at " + source);
    }

    static RequestReading unavailable(List<EventHeader> headers, SourceCoordinates source, String message) {
        return new Unavailable(RequestReader.read(NOTHING, headers, source).id(), message);
    }
}
