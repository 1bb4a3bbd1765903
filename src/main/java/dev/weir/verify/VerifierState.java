package dev.weir.verify;

import dev.weir.event.ResponseStatus;
import dev.weir.event.SourceCoordinates;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the verifier has seen so far, fed record by record: all requests of the verified offsets first, then responses,
 * dead letters and calls in any order. Its memory is one byte for each verified offset and no more for any number of
 * responses. Pure: no clock, no I/O. Not thread-safe.
 */
final class VerifierState {
    private final String topic;
    private final Map<Integer, PartitionTally> partitions = new TreeMap<>();
    private final Map<ResponseStatus, Long> statuses = new EnumMap<>(ResponseStatus.class);
    private final Sightings doubled = new Sightings();
    private final Sightings unexplained = new Sightings();
    private final Sightings doubledDeadLetters = new Sightings();
    private final Sightings unexplainedDeadLetters = new Sightings();
    private final Set<String> notes = new LinkedHashSet<>();
    private long calls;

    /** The requests topic, and the offsets of it that are verified are told by {@link #range}. */
    VerifierState(String topic) {
        this.topic = topic;
    }

    /** Verifies the offsets from {@code first} up to but without {@code end} of a partition. */
    void range(int partition, long first, long end) {
        partitions.put(partition, new PartitionTally(first, end));
    }

    /** Retention deleted the offsets before {@code first} while they were read. */
    void trim(int partition, long first) {
        PartitionTally tally = partitions.get(partition);
        if (tally != null) {
            tally.trim(first);
        }
    }

    /** A request record. Offsets of control records never come here, so they are no requests. */
    void request(int partition, long offset) {
        PartitionTally tally = partitions.get(partition);
        if (tally != null && tally.covers(offset)) {
            tally.request(offset);
        }
    }

    /** A response record. */
    void response(Answer answer) {
        SourceCoordinates source = answer.source();
        PartitionTally tally = tallyOf(source);
        if (tally == null) {
            unexplained.add(answer.id() + " from " + source);
        } else if (!tally.covers(source.offset())) {
            return;
        } else if (!tally.isRequest(source.offset())) {
            unexplained.add(answer.id() + " from " + source);
        } else if (tally.answer(source.offset(), answer)) {
            statuses.merge(answer.status(), 1L, Long::sum);
        } else {
            doubled.add(answer.id() + " from " + source + " again as "
                    + answer.status().wireName());
        }
    }

    /** A response record that does not say what it answers. */
    void unreadableResponse(String where, String why) {
        unexplained.add(where + ": " + why);
    }

    /** A dead letter of the request record. */
    void deadLetter(SourceCoordinates source) {
        PartitionTally tally = tallyOf(source);
        if (tally == null) {
            unexplainedDeadLetters.add(source);
        } else if (tally.covers(source.offset()) && !tally.deadLetter(source.offset())) {
            doubledDeadLetters.add(source);
        }
    }

    /** A dead letter that does not say which request it was. */
    void unreadableDeadLetter(String where) {
        unexplainedDeadLetters.add(where + ": no source coordinates");
    }

    /** A call for the request record that Grok answered with success; calls for others are not counted. */
    void successfulCall(SourceCoordinates source) {
        PartitionTally tally = tallyOf(source);
        if (tally != null && tally.covers(source.offset())) {
            calls++;
            tally.called(source.offset());
        }
    }

    /** Something that limits what the report can say. */
    void note(String note) {
        notes.add(note);
    }

    /**
     * What is known now.
     *
     * @param drained whether the gateway has had its time: an open request is lost then
     */
    VerifyReport report(boolean drained) {
        long accepted = 0;
        long answered = 0;
        for (PartitionTally tally : partitions.values()) {
            accepted += tally.requests();
            answered += tally.answered();
        }
        Finding open = collect(PartitionTally::open);
        return new VerifyReport(
                accepted,
                answered,
                statuses,
                drained ? Finding.NONE : open,
                drained ? open : Finding.NONE,
                doubled.finding(),
                unexplained.finding(),
                collect(PartitionTally::failedWithoutDeadLetter),
                join(unexplainedDeadLetters.finding(), collect(PartitionTally::deadLettersWithoutFailure)),
                doubledDeadLetters.finding(),
                calls,
                collect(PartitionTally::repeated),
                collect(PartitionTally::silentlyRepeated),
                List.copyOf(notes));
    }

    private @Nullable PartitionTally tallyOf(SourceCoordinates source) {
        return source.topic().equals(topic) ? partitions.get(source.partition()) : null;
    }

    private Finding collect(BiConsumer<PartitionTally, LongConsumer> offsets) {
        Sightings sightings = new Sightings();
        partitions.forEach((partition, tally) ->
                offsets.accept(tally, offset -> sightings.add(new SourceCoordinates(topic, partition, offset))));
        return sightings.finding();
    }

    private static Finding join(Finding one, Finding other) {
        return new Finding(
                one.count() + other.count(),
                Stream.concat(one.samples().stream(), other.samples().stream())
                        .limit(Finding.MOST_SAMPLES)
                        .toList());
    }
}
