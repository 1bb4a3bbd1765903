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
    private final Map<Integer, BitSet> ofThis = new HashMap<>();
    private final Map<Integer, BitSet> ofOthers = new HashMap<>();

    /**
     * Knows of none yet.
     *
     * @param topic the dead-letter topic
     * @param replay the name of the replay
     * @param firstOffsets the first offset of each partition; what stood before it is no longer asked for
     */
    PastRedrives(String topic, String replay, Map<Integer, Long> firstOffsets) {
        this.topic = topic;
        this.replay = replay;
        this.firstOffsets = Map.copyOf(firstOffsets);
    }

    /** Notes what the headers of a request, or of the dead letter that it became, tell. */
    void note(List<EventHeader> headers) {
        HeaderTexts.last(headers, WeirHeaders.REDRIVE_OF)
                .flatMap(text -> LetterCoordinates.parse(text, topic))
                .ifPresent(letter -> note(
                        letter, HeaderTexts.last(headers, WeirHeaders.REDRIVE).orElse("")));
    }

    private void note(LetterCoordinates letter, String name) {
        long index = index(letter);
        if (index >= 0 && index < Integer.MAX_VALUE) {
            Map<Integer, BitSet> noted = name.equals(replay) ? ofThis : ofOthers;
            noted.computeIfAbsent(letter.partition(), unused -> new BitSet()).set((int) index);
        }
    }

    boolean byThis(LetterCoordinates letter) {
        return has(ofThis, letter);
    }

    boolean byAnother(LetterCoordinates letter) {
        return has(ofOthers, letter);
    }

    private boolean has(Map<Integer, BitSet> noted, LetterCoordinates letter) {
        long index = index(letter);
        BitSet bits = noted.get(letter.partition());
        return bits != null && index >= 0 && index < Integer.MAX_VALUE && bits.get((int) index);
    }

    private long index(LetterCoordinates letter) {
        Long first = firstOffsets.get(letter.partition());
        return first == null ? -1 : letter.offset() - first;
    }
}
