package dev.weir.deadletter;

import dev.weir.event.EventHeader;
import dev.weir.event.WeirHeaders;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which dead letters were sent again before, by one replay and by the others: two bits for each offset of the
 * dead-letter topic. Threading: one thread.
 */
final class PastRedrives {
    private final String topic;
    private final String replay;
    private final Map<Integer, Long> firstOffsets;
    private final Map<Integer, Long> endOffsets;
    private final Map<Integer, BitSet> ofThis = new HashMap<>();
    private final Map<Integer, BitSet> ofOthers = new HashMap<>();

    /**
     * Knows of none yet.
     *
     * @param topic the dead-letter topic
     * @param replay the name of the replay
     * @param firstOffsets the first offset of each partition; what stood before it is no longer asked for
     * @param endOffsets the offset behind the last; whatever a header says, nothing from there on is kept in mind
     */
    PastRedrives(String topic, String replay, Map<Integer, Long> firstOffsets, Map<Integer, Long> endOffsets) {
        this.topic = topic;
        this.replay = replay;
        this.firstOffsets = Map.copyOf(firstOffsets);
        this.endOffsets = Map.copyOf(endOffsets);
    }

    /** Notes what the headers of a request, or of the dead letter that it became, tell. */
    void note(List<EventHeader> headers) {
        HeaderTexts.last(headers, WeirHeaders.REDRIVE_OF)
                .flatMap(text -> LetterCoordinates.parse(text, topic))
                .ifPresent(letter -> note(
                        letter, HeaderTexts.last(headers, WeirHeaders.REDRIVE).orElse("")));
    }

    private void note(LetterCoordinates letter, String name) {
        int index = index(letter);
        if (index >= 0) {
            Map<Integer, BitSet> noted = name.equals(replay) ? ofThis : ofOthers;
            noted.computeIfAbsent(letter.partition(), unused -> new BitSet()).set(index);
        }
    }

    boolean byThis(LetterCoordinates letter) {
        return has(ofThis, letter);
    }

    boolean byAnother(LetterCoordinates letter) {
        return has(ofOthers, letter);
    }

    private boolean has(Map<Integer, BitSet> noted, LetterCoordinates letter) {
        BitSet bits = noted.get(letter.partition());
        int index = index(letter);
        return bits != null && index >= 0 && bits.get(index);
    }

    /** The letter's place in its bit set, or -1 where there is no letter. */
    private int index(LetterCoordinates letter) {
        Long first = firstOffsets.get(letter.partition());
        Long end = endOffsets.get(letter.partition());
        if (first == null || end == null || letter.offset() < first || letter.offset() >= end) {
            return -1;
        }
        return Math.toIntExact(letter.offset() - first);
    }
}
