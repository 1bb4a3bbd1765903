package dev.weir.admission;

import dev.weir.permit.Origin;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * How far each dispatch task was heard: a message counts only when it is newer than all before it. A new epoch is
 * logged at once; sequence numbers are logged now and then, as every message may be taken twice.
 */
final class Origins {
    private final Map<Integer, Mark> marks = new HashMap<>();
    private final Set<Integer> unlogged = new HashSet<>();

    /**
     * The last message of an origin.
     *
     * @param epoch its epoch
     * @param seq its number within the epoch
     */
    record Mark(long epoch, long seq) {}

    /** What a message is worth by its sender and number. */
    enum Verdict {
        NEWS,
        SEEN_BEFORE,
        OLD_EPOCH
    }

    /** Judges a message, and remembers it when it is news. */
    Verdict hear(Origin origin, PermitLog log) {
        Mark last = marks.get(origin.partition());
        if (last != null && origin.epoch() < last.epoch()) {
            return Verdict.OLD_EPOCH;
        }
        if (last != null && origin.epoch() == last.epoch() && origin.seq() <= last.seq()) {
            return Verdict.SEEN_BEFORE;
        }
        Mark mark = new Mark(origin.epoch(), origin.seq());
        marks.put(origin.partition(), mark);
        if (last == null || last.epoch() != mark.epoch()) {
            log.put(origin.partition(), mark);
        } else {
            unlogged.add(origin.partition());
        }
        return Verdict.NEWS;
    }

    /** The newest epoch that was heard of an origin, 0 when none was. */
    long epochOf(int origin) {
        Mark mark = marks.get(origin);
        return mark == null ? 0 : mark.epoch();
    }

    /** Logs what was not yet. */
    void log(PermitLog log) {
        for (int origin : unlogged) {
            Mark mark = marks.get(origin);
            if (mark != null) {
                log.put(origin, mark);
            }
        }
        unlogged.clear();
    }

    void restore(int origin, Mark mark) {
        marks.put(origin, mark);
    }
}
