package dev.weir.event;

import dev.weir.event.RequestReading.Rejected;
import java.util.List;

/** Rejections of records whose value tells nothing; what headers tell all the same goes with them. */
final class Rejections {
    private static final Blob NOTHING = Blob.utf8("{}");

    private Rejections() {}

    static RequestReading of(Problem problem, List<EventHeader> headers, SourceCoordinates source) {
        if (RequestReader.read(NOTHING, headers, source) instanceof Rejected known) {
            return new Rejected(
                    known.id(),
                    problem.reason(),
                    problem.message(),
                    known.priority(),
                    known.tenant(),
                    known.conversation(),
                    known.metadata());
        }
        throw new IllegalStateException("a request without a body was accepted at " + source);
    }
}
