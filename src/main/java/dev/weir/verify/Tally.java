package dev.weir.verify;

import dev.weir.event.ResponseStatus;
import dev.weir.event.SourceCoordinates;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What was seen of every request: some bits for each, whatever their number. Requests are told first, then outcomes.
 * Pure; one thread.
 */
public final class Tally {
    private static final int EXAMPLES = 20;

    private final String requestsTopic;
    private final Map<Integer, Partition> partitions = new HashMap<>();
    private final List<String> unexplained = new ArrayList<>();
    private long unexplainedCount;
    private long strayDeadLetters;

    /** The bits of one requests partition, by offset from the first that was read. */
    private static final class Partition {
        private final long first;
        private final long end;
        private final BitSet requests = new BitSet();
        private final BitSet answered = new BitSet();
        private final BitSet doubled = new BitSet();
        private final BitSet failed = new BitSet();
        private final BitSet marked = new BitSet();
        private final BitSet deadLettered = new BitSet();
        private final BitSet called = new BitSet();
        private final BitSet repeated = new BitSet();

        private Partition(long first, long end) {
            this.first = first;
            this.end = end;
        }

        private boolean covers(long offset) {
            return offset >= first && offset < end;
        }

        private int bit(long offset) {
            return Math.toIntExact(offset - first);
        }
    }

    /** A tally of the requests of that topic. */
    public Tally(String requestsTopic) {
        this.requestsTopic = requestsTopic;
    }

    /** The range of offsets that is looked at; what lies outside counts for nothing. */
    public void range(int partition, long first, long end) {
        partitions.put(partition, new Partition(first, end));
    }

    /** A record of the requests topic. */
    public void request(int partition, long offset) {
        Partition in = partitions.get(partition);
        if (in != null && in.covers(offset)) {
            in.requests.set(in.bit(offset));
        }
    }

    /** A record of the responses topic. */
    public void response(SourceCoordinates source, ResponseStatus status, boolean possiblyRepeated) {
        Partition in = source.topic().equals(requestsTopic) ? partitions.get(source.partition()) : null;
        if (in == null) {
            unexplained(source);
            return;
        }
        if (!in.covers(source.offset())) {
            return;
        }
        int bit = in.bit(source.offset());
        if (!in.requests.get(bit)) {
            unexplained(source);
            return;
        }
        in.doubled.set(bit, in.doubled.get(bit) || in.answered.get(bit));
        in.answered.set(bit);
        in.failed.set(bit, in.failed.get(bit) || status == ResponseStatus.FAILED);
        in.marked.set(bit, in.marked.get(bit) || possiblyRepeated);
    }

    /** A record of the dead-letter topic. */
    public void deadLetter(SourceCoordinates source) {
        Partition in = source.topic().equals(requestsTopic) ? partitions.get(source.partition()) : null;
        if (in == null) {
            strayDeadLetters++;
        } else if (in.covers(source.offset())) {
            in.deadLettered.set(in.bit(source.offset()));
        }
    }

    /** A call that Grok answered, by the journal. */
    public void answeredCall(int partition, long offset) {
        Partition in = partitions.get(partition);
        if (in != null && in.covers(offset)) {
            int bit = in.bit(offset);
            in.repeated.set(bit, in.repeated.get(bit) || in.called.get(bit));
            in.called.set(bit);
        }
    }

    /** How many requests have no response yet. */
    public long open() {
        return partitions.values().stream()
                .mapToLong(in -> minus(in.requests, in.answered).cardinality())
                .sum();
    }

    /** The verdict. */
    public VerifyReport report() {
        return new VerifyReport(
                count(in -> in.requests),
                count(in -> in.answered),
                finding(in -> minus(in.requests, in.answered)),
                finding(in -> in.doubled),
                new VerifyReport.Finding(unexplainedCount, List.copyOf(unexplained)),
                finding(in -> minus(in.failed, in.deadLettered)),
                finding(in -> minus(in.deadLettered, in.failed)),
                finding(in -> in.repeated),
                finding(in -> minus(in.repeated, in.marked)),
                strayDeadLetters);
    }

    private void unexplained(SourceCoordinates source) {
        unexplainedCount++;
        if (unexplained.size() < EXAMPLES) {
            unexplained.add(source.toString());
        }
    }

    private long count(Function<Partition, BitSet> bits) {
        return partitions.values().stream()
                .mapToLong(in -> bits.apply(in).cardinality())
                .sum();
    }

    private VerifyReport.Finding finding(Function<Partition, BitSet> bits) {
        List<String> examples = new ArrayList<>();
        long count = 0;
        for (Map.Entry<Integer, Partition> entry : partitions.entrySet()) {
            Partition in = entry.getValue();
            BitSet found = bits.apply(in);
            count += found.cardinality();
            found.stream()
                    .limit(Math.max(0, EXAMPLES - examples.size()))
                    .forEach(bit -> examples.add(
                            new SourceCoordinates(requestsTopic, entry.getKey(), in.first + bit).toString()));
        }
        return new VerifyReport.Finding(count, examples);
    }

    private static BitSet minus(BitSet from, BitSet what) {
        BitSet rest = (BitSet) from.clone();
        rest.andNot(what);
        return rest;
    }
}
