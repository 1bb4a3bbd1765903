package dev.weir.verify;

import dev.weir.event.ResponseStatus;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the topics and proves one terminal outcome per accepted request: the requests up to the end that they have at
 * the start, then responses and dead letters, then the journal of a simulated Grok. Memory: one byte for each request
 * record.
 *
 * <p>Threading: the calling thread, which it blocks.
 */
public final class Verifier {
    /** Transactions become visible partition by partition; what looks broken is looked at for this long again. */
    private static final long CONFIRM_NANOS = 5_000_000_000L;

    private final VerifySettings settings;
    private final LongSupplier nanoTime;
    private final VerifierState state;

    private Verifier(VerifySettings settings, LongSupplier nanoTime) {
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.state = new VerifierState(settings.requests());
    }

    /**
     * Verifies, waiting as the settings say.
     *
     * @param nanoTime a monotonic clock
     * @param progress is handed what is known, about twice a second while it waits
     * @throws VerifyFailure if the broker, a topic, the schema registry or the simulator cannot be read
     */
    public static VerifyReport verify(VerifySettings settings, LongSupplier nanoTime, Consumer<VerifyReport> progress) {
        try {
            return new Verifier(settings, nanoTime).run(progress);
        } catch (IllegalStateException e) {
            throw new VerifyFailure(String.valueOf(e.getMessage()), e);
        } catch (TimeoutException e) {
            throw new VerifyFailure(
                    "no broker answers at " + settings.bootstrapServers() + "; start it or correct --bootstrap-servers",
                    e);
        } catch (KafkaException e) {
            throw new VerifyFailure("reading from " + settings.bootstrapServers() + " failed: " + rootMessage(e), e);
        }
    }

    private VerifyReport run(Consumer<VerifyReport> progress) {
        try (TopicReader outcomes =
                new TopicReader(settings.clients(), List.of(settings.responses(), settings.deadLetters()))) {
            readRequests();
            noteDeleted(outcomes.firsts());
            awaitOutcomes(outcomes, progress);
        }
        URI simulator = settings.simulator();
        if (simulator != null) {
            readJournal(simulator);
        }
        return state.report(settings.expectDrained());
    }

    private void readRequests() {
        try (TopicReader reader = new TopicReader(settings.clients(), List.of(settings.requests()))) {
            Map<TopicPartition, Long> firsts = reader.firsts();
            Map<TopicPartition, Long> ends = reader.ends();
            firsts.forEach(
                    (at, first) -> state.range(at.partition(), first, Math.max(first, ends.getOrDefault(at, 0L))));
            reader.readTo(ends, record -> state.request(record.partition(), record.offset()));
            reader.firsts().forEach((at, first) -> state.trim(at.partition(), first));
        }
    }

    private void noteDeleted(Map<TopicPartition, Long> firsts) {
        firsts.forEach((at, first) -> {
            if (first > 0) {
                state.note(at.topic() + " has lost its first records to retention (" + at + " starts at " + first
                        + "): what they answered looks open");
            }
        });
    }

    private void awaitOutcomes(TopicReader outcomes, Consumer<VerifyReport> progress) {
        long start = nanoTime.getAsLong();
        long waitNanos = settings.patience().toNanos();
        outcomes.readTo(outcomes.ends(), this::outcome);
        while (true) {
            long waited = nanoTime.getAsLong() - start;
            VerifyReport report = state.report(settings.expectDrained() && waited >= waitNanos);
            if (report.settled()
                    || (waited >= waitNanos && report.promiseKept())
                    || waited >= waitNanos + CONFIRM_NANOS) {
                return;
            }
            progress.accept(report);
            outcomes.readOnce(this::outcome);
        }
    }

    private void outcome(ConsumerRecord<byte[], byte[]> record) {
        String where = record.topic() + "-" + record.partition() + "-" + record.offset();
        if (record.topic().equals(settings.responses())) {
            RecordReader.answer(record.headers(), json(record.value()))
                    .ifPresentOrElse(
                            state::response, () -> state.unreadableResponse(where, "no readable source and status"));
        } else {
            RecordReader.source(record.headers())
                    .ifPresentOrElse(state::deadLetter, () -> state.unreadableDeadLetter(where));
        }
    }

    private byte @Nullable [] json(byte @Nullable [] response) {
        return response == null ? null : settings.events().response(response);
    }

    private void readJournal(URI simulator) {
        long forgotten =
                new SimulatorJournal(simulator).read(call -> call.successful().ifPresent(state::successfulCall));
        if (forgotten > 0) {
            state.note("the simulator has forgotten its first " + forgotten + " calls: repeated ones may be missing");
        }
        VerifyReport report = state.report(false);
        if (report.calls() == 0 && report.statuses().getOrDefault(ResponseStatus.SUCCEEDED, 0L) > 0) {
            state.note("the simulator at " + simulator + " knows no call for these requests: was it started anew?");
        }
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }
}
