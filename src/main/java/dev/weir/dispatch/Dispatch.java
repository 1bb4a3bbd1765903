package dev.weir.dispatch;

import dev.weir.client.AfterAcks;
import dev.weir.client.AfterCommit;
import dev.weir.client.AskSender;
import dev.weir.client.CommittedOffsets;
import dev.weir.client.IdlePolls;
import dev.weir.event.EventFormat;
import dev.weir.poison.Suspects;
import dev.weir.retry.RetryPolicy;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import java.util.random.RandomGenerator;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The dispatch node: supplies one processor for each requests partition, with its stores. Threading: any. */
public final class Dispatch implements ProcessorSupplier<byte[], byte[], byte[], Outbound> {
    /** The store of the ledger: entries and payloads by offset, answered ids, and cancels that wait for theirs. */
    public static final String STORE = "dispatch-ledger";
    /** The sink of responses. */
    public static final String RESPONSES_SINK = Outputs.Sink.RESPONSES.name();
    /** The sink of dead letters. */
    public static final String DEAD_LETTERS_SINK = Outputs.Sink.DEAD_LETTERS.name();

    private final DispatchSettings settings;
    private final Lifecycle lifecycle;
    private final Wiring wiring;
    private final Suspects suspects = new Suspects();

    /**
     * What the node needs of its process.
     *
     * @param calls the registry of calls
     * @param handOver the way to other owners of a partition
     * @param asks the way to admission
     * @param permitFailures how many permit messages could not be sent so far; growth makes the node say hello again
     * @param afterCommit runs work behind commits
     * @param afterAcks runs work behind writes, where there are no transactions
     * @param committed how far the requests are committed, where there are no transactions
     * @param idlePolls told when ticks are not needed
     * @param wallMillis the wall clock of a task, {@code currentSystemTimeMs} where that follows it: deadlines are
     *     times of the wall clock, and the time of Streams may be ahead of it
     * @param metrics what is counted
     * @param random draws for jitter
     * @param format how events are read and written
     */
    public record Wiring(
            Calls calls,
            HandOver handOver,
            AskSender asks,
            LongSupplier permitFailures,
            AfterCommit afterCommit,
            AfterAcks afterAcks,
            CommittedOffsets committed,
            IdlePolls idlePolls,
            ToLongFunction<ProcessorContext<?, ?>> wallMillis,
            DispatchMetrics metrics,
            RandomGenerator random,
            EventFormat format) {}

    /** A node with these settings. */
    public Dispatch(DispatchSettings settings, Wiring wiring) {
        this.settings = settings;
        this.lifecycle = new Lifecycle(new RetryPolicy(settings.retry()), settings.lifecycle());
        this.wiring = wiring;
    }

    /** The name of a tier's sink. */
    public static String retrySink(String tier) {
        return "retry-" + tier;
    }

    @Override
    public Processor<byte[], byte[], byte[], Outbound> get() {
        return new DispatchProcessor(this);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        return Set.of(Stores.keyValueStoreBuilder(ScratchStore.named(STORE), Serdes.Bytes(), Serdes.ByteArray())
                .withCachingDisabled());
    }

    DispatchSettings settings() {
        return settings;
    }

    long permitFailures() {
        return wiring.permitFailures().getAsLong();
    }

    /** The time by which deadlines are judged, epoch milliseconds. */
    long nowMillis(ProcessorContext<?, ?> context) {
        return wiring.wallMillis().applyAsLong(context);
    }

    void idle(Object task, boolean idle) {
        wiring.idlePolls().idle(task, idle);
    }

    /** Ends the wait of the calling stream thread, from any thread. */
    Runnable waker() {
        return wiring.idlePolls().waker();
    }

    /** The parts of a task, on the stores of that context. */
    Task task(ProcessorContext<byte[], Outbound> context) {
        int partition = context.taskId().partition();
        KeyValueStore<Bytes, byte[]> store = context.getStateStore(STORE);
        RequestStore requests = new RequestStore(store, settings.togetherBytes());
        Shelf<String> ids = Shelf.ids(store);
        Commits commits = commits(context);
        long sinceMillis = context.currentSystemTimeMs();
        return new Task(
                partition,
                settings,
                lifecycle,
                new Ledger(
                        requests,
                        settings.atHandBytes(),
                        erasures(requests, commits, partition),
                        entry -> lifecycle.nextWake(entry, sinceMillis)),
                new Outcomes(ids, settings.dedupeWindow(), settings.dedupeMaxBytes(), settings.responseMaxBytes()),
                new CancelMemory(ids, settings.cancelMemory()),
                new Permits(wiring.asks(), partition),
                wiring.calls(),
                wiring.handOver(),
                new Outputs(exit(context, partition), settings.requestMaxBytes()),
                commits,
                wiring.metrics(),
                wiring.random(),
                wiring.format(),
                new Blame(suspects, settings.requestsTopic(), partition));
    }

    @SuppressWarnings("NullAway") // Kafka's records may have null keys and are not annotated
    private static Outputs.Exit exit(ProcessorContext<byte[], Outbound> context, int partition) {
        return (sink, key, value, headers, timestamp) -> context.forward(
                new Record<>(
                        key == null ? null : key.bytes(),
                        new Outbound(partition, value),
                        timestamp,
                        KafkaHeaders.write(headers)),
                sink.name());
    }

    private Commits commits(ProcessorContext<byte[], Outbound> context) {
        PacedCommits paced = new PacedCommits(context::commit, wiring.afterCommit());
        return settings.transactional() ? paced : new AcknowledgedWrites(paced, wiring.afterAcks());
    }

    private Erasures erasures(RequestStore store, Commits commits, int partition) {
        if (settings.transactional()) {
            return Erasures.atOnce(store);
        }
        TopicPartition requests = new TopicPartition(settings.requestsTopic(), partition);
        return Erasures.behind(
                store, commits::whenDurable, () -> wiring.committed().firstUncommitted(requests));
    }
}
