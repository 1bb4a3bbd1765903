package dev.weir.poison;

import dev.weir.event.SourceCoordinates;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The records of this process at which a stream thread failed. The first failure of a record aborts what was half done
 * and has it read again by another thread; after the second it is condemned: whoever meets it next must not try again.
 * Outlives the threads, not the process; bounded, the oldest leave first. Threading: any.
 */
public final class Suspects {
    private static final Logger LOG = LoggerFactory.getLogger(Suspects.class);
    private static final int FAILURES = 2;
    private static final int MOST = 1_000;
    private static final int MOST_CAUSES = 10;

    private final Map<SourceCoordinates, Case> cases = new LinkedHashMap<>();

    /** So that the many records of a day without failures take no lock. */
    private volatile boolean none = true;

    private record Case(int failures, String why) {}

    /**
     * The thread failed at that record. What Kafka throws (a fenced producer, a lost store) is no record's fault,
     * unless it says that something is too large: that will be so again.
     */
    public synchronized void blame(SourceCoordinates at, Throwable thrown) {
        Throwable tooLarge = tooLarge(thrown);
        if (thrown instanceof KafkaException && tooLarge == null) {
            return;
        }
        Throwable failure = tooLarge == null ? thrown : tooLarge;
        Case old = cases.remove(at);
        int failures = old == null ? 1 : old.failures() + 1;
        cases.put(at, new Case(failures, where(failure)));
        none = false;
        if (cases.size() > MOST) {
            cases.remove(cases.keySet().iterator().next());
        }
        LOG.error(
                "The thread failed at the record at {} with {}: failure {} of {}, after which it is passed over",
                at,
                where(failure),
                failures,
                FAILURES);
    }

    /** Why the record is condemned, for people; empty when it is not. */
    public Optional<String> condemned(SourceCoordinates at) {
        if (none) {
            return Optional.empty();
        }
        synchronized (this) {
            return Optional.ofNullable(cases.get(at))
                    .filter(known -> known.failures() >= FAILURES)
                    .map(Case::why);
        }
    }

    /** The offsets of a partition's condemned records. */
    public List<Long> condemned(String topic, int partition) {
        if (none) {
            return List.of();
        }
        synchronized (this) {
            return cases.entrySet().stream()
                    .filter(each -> each.getValue().failures() >= FAILURES)
                    .map(Map.Entry::getKey)
                    .filter(at -> at.partition() == partition && at.topic().equals(topic))
                    .map(SourceCoordinates::offset)
                    .toList();
        }
    }

    private static @Nullable Throwable tooLarge(Throwable thrown) {
        Throwable cause = thrown;
        for (int i = 0; i < MOST_CAUSES && cause != null; i++) {
            if (cause instanceof RecordTooLargeException) {
                return cause;
            }
            cause = cause.getCause();
        }
        return null;
    }

    /** The class and the place; never the message, which may hold a prompt. */
    private static String where(Throwable failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        String place = trace.length == 0 ? "" : " at " + trace[0].getClassName() + ":" + trace[0].getLineNumber();
        return failure.getClass().getName() + place;
    }
}
