package dev.weir.dispatch;

import dev.weir.event.SourceCoordinates;
import dev.weir.poison.Suspects;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whom to blame when the stream thread fails: the request that was at hand, else the record that was being read. The
 * failure itself must pass, so that the transaction aborts and nothing stays half done. Threading: the task's thread.
 */
final class Blame {
    private final Suspects suspects;
    private final String requestsTopic;
    private final int partition;
    private @Nullable SourceCoordinates atHand;

    Blame(Suspects suspects, String requestsTopic, int partition) {
        this.suspects = suspects;
        this.requestsTopic = requestsTopic;
        this.partition = partition;
    }

    /** From now on it is about that record. */
    void reading(SourceCoordinates source) {
        atHand = source;
    }

    /** From now on it is about that request. */
    void takes(long offset) {
        atHand = request(offset);
    }

    /** It is about nobody. */
    void over() {
        atHand = null;
    }

    /** The thread fails. */
    void failed(Throwable failure) {
        if (atHand != null) {
            suspects.blame(atHand, failure);
        }
    }

    /** Why the record must not be tried again; empty when it may. */
    Optional<String> condemned(SourceCoordinates source) {
        return suspects.condemned(source);
    }

    /** Why the request must not be tried again; empty when it may. */
    Optional<String> condemned(long offset) {
        return suspects.condemned(request(offset));
    }

    /** The requests of this partition that must not be tried again. */
    List<Long> condemned() {
        return suspects.condemned(requestsTopic, partition);
    }

    private SourceCoordinates request(long offset) {
        return new SourceCoordinates(requestsTopic, partition, offset);
    }
}
