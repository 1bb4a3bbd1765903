package dev.weir.verify;

import java.util.BitSet;
import java.util.function.LongConsumer;

/**
 * What was seen of the requests of one partition: a few bits for each offset in {@code [first, end)}. Not thread-safe.
 */
final class PartitionTally {
    private final long end;
    private long first;
    private final long base;
    private final BitSet requests = new BitSet();
    private final BitSet answered = new BitSet();
    /** Answered as failed, by an outcome of its own. */
    private final BitSet failed = new BitSet();
    /** Answered as failed by following another record with the same id. */
    private final BitSet failedWithOther = new BitSet();

    private final BitSet deadLettered = new BitSet();
    private final BitSet called = new BitSet();
    private final BitSet repeated = new BitSet();
    private final BitSet declaredRepeated = new BitSet();

    PartitionTally(long first, long end) {
        if (first < 0 || end < first || end - first > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "offsets " + first + " to " + end + " cannot be verified: at most 2^31 - 1 in a partition");
        }
        this.first = first;
        this.base = first;
        this.end = end;
    }

    /** Whether the offset is one that is verified; others were deleted by retention or came later. */
    boolean covers(long offset) {
        return offset >= first && offset < end;
    }

    /** Retention deleted everything before the offset: what is below says nothing any more. */
    void trim(long newFirst) {
        long bound = Math.min(Math.max(first, newFirst), end);
        int length = index(bound);
        for (BitSet bits : new BitSet[] {
            requests, answered, failed, failedWithOther, deadLettered, called, repeated, declaredRepeated
        }) {
            bits.clear(0, length);
        }
        first = bound;
    }

    void request(long offset) {
        requests.set(index(offset));
    }

    boolean isRequest(long offset) {
        return requests.get(index(offset));
    }

    /** Marks it answered and says whether that was the first answer. */
    boolean answer(long offset, Answer answer) {
        int index = index(offset);
        switch (answer.status()) {
            case FAILED -> (answer.duplicate() ? failedWithOther : failed).set(index);
            case SUCCEEDED, EXPIRED, CANCELLED -> {}
        }
        if (answer.possiblyRepeated()) {
            declaredRepeated.set(index);
        }
        return mark(answered, index);
    }

    /** Marks it dead-lettered and says whether that was the first dead letter. */
    boolean deadLetter(long offset) {
        return mark(deadLettered, index(offset));
    }

    /** Notes a call that Grok answered with success. */
    void called(long offset) {
        if (!mark(called, index(offset))) {
            repeated.set(index(offset));
        }
    }

    long requests() {
        return requests.cardinality();
    }

    long answered() {
        return answered.cardinality();
    }

    void open(LongConsumer offsets) {
        each(minus(requests, answered), offsets);
    }

    void failedWithoutDeadLetter(LongConsumer offsets) {
        each(minus(failed, deadLettered), offsets);
    }

    void deadLettersWithoutFailure(LongConsumer offsets) {
        each(minus(minus(deadLettered, failed), failedWithOther), offsets);
    }

    void repeated(LongConsumer offsets) {
        each(repeated, offsets);
    }

    /** Called twice, and a response exists that does not say so. */
    void silentlyRepeated(LongConsumer offsets) {
        BitSet told = (BitSet) repeated.clone();
        told.and(answered);
        each(minus(told, declaredRepeated), offsets);
    }

    private int index(long offset) {
        return Math.toIntExact(offset - base);
    }

    private void each(BitSet bits, LongConsumer offsets) {
        for (int i = bits.nextSetBit(0); i >= 0; i = bits.nextSetBit(i + 1)) {
            offsets.accept(base + i);
        }
    }

    private static boolean mark(BitSet bits, int index) {
        boolean first = !bits.get(index);
        bits.set(index);
        return first;
    }

    private static BitSet minus(BitSet from, BitSet taken) {
        BitSet rest = (BitSet) from.clone();
        rest.andNot(taken);
        return rest;
    }
}
