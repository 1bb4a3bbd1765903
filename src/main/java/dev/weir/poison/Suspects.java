package dev.weir.poison;

import dev.weir.event.SourceCoordinates;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
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

    private final Map<SourceCoordinates, Case> cases = new LinkedHashMap<>();

    /** So that the many records of a day without failures take no lock. */
    private volatile boolean none = true;

    private record Case(int failures, String why) {}

    /** The thread failed at that record. What Kafka throws (a fenced producer, a lost store) is no record's fault. */
    public synchronized void blame(SourceCoordinates at, Throwable failure) {
        if (failure instanceof KafkaException) {
            return;
        }
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

    /** The class and the place; never the message, which may hold a prompt. */
    private static String where(Throwable failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        String place = trace.length == 0 ? "" : " at " + trace[0].getClassName() + ":" + trace[0].getLineNumber();
        return failure.getClass().getName() + place;
    }
}
