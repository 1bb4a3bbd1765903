package dev.weir.simulation;

import dev.weir.GatewayTopology;
import dev.weir.client.AfterCommit;
import dev.weir.dispatch.Dispatch;
import dev.weir.dispatch.DispatchMetrics;
import dev.weir.event.EventFormat;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.StoreBuilder;

/** A dispatch task: its state, its offsets and its outputs are committed together, or not at all. */
final class DispatchHost extends Host {
    private static final long COMMIT_INTERVAL_MICROS = 100_000;

    /** Payloads lie with their entries in even partitions, apart in odd ones. */
    private static final long MOST_TOGETHER_BYTES = 10_000;

    private final DispatchPartition home;
    private final int partitions;
    private final List<TaskDriver.Written> uncommitted = new ArrayList<>();
    private final List<Broker.At> sources;
    private final StoreContent ledger;

    private DispatchHost(SimProcess process, DispatchPartition home, int partitions, Parts parts) {
        super(process, home.number, parts, home.committed, COMMIT_INTERVAL_MICROS);
        this.home = home;
        this.partitions = partitions;
        this.ledger = home.ledger;
        this.sources = Stream.concat(
                        Stream.of(Topics.INBOX),
                        Stream.concat(
                                Topics.RETRIES.stream().map(GatewayTopology.RetryTopic::topic),
                                Stream.of(Topics.REQUESTS)))
                .map(topic -> new Broker.At(topic, home.number))
                .toList();
    }

    /** Starts the partition's task in that process. */
    static void start(SimProcess process, DispatchPartition home, int partitions, Parts parts) {
        DispatchHost host = new DispatchHost(process, home, partitions, parts);
        home.owner = host;
        host.start(new TaskDriver(home.number, host::topology, Topics.ofDispatch(), process.wallMillis()));
    }

    private Topology topology(TaskDriver driver) {
        AfterCommit hook = this::afterCommit;
        Dispatch node = new Dispatch(
                SimSettings.dispatch(home.number % 2 == 0 ? MOST_TOGETHER_BYTES : 0),
                new Dispatch.Wiring(
                        process.calls(),
                        process.handOver(),
                        process,
                        process::failures,
                        hook,
                        unused -> {
                            throw new IllegalStateException("not of a transaction");
                        },
                        unused -> 0,
                        (task, idle) -> {},
                        ProcessorContext::currentSystemTimeMs,
                        new DispatchMetrics(new SimpleMeterRegistry()),
                        timeline.random(),
                        EventFormat.json()));
        Set<StoreBuilder<?>> stores =
                Set.of(ContentStore.builder(Dispatch.STORE, home.ledger, Serdes.Bytes(), Serdes.ByteArray()));
        return GatewayTopology.dispatch(Topics.dispatch(partitions), driver.around(node, stores));
    }

    @Override
    List<Broker.At> sources() {
        return sources;
    }

    @Override
    void worked(List<TaskDriver.Written> written) {
        uncommitted.addAll(written);
    }

    @Override
    void durable() {
        ledger.keep();
        List<TaskDriver.Written> now = List.copyOf(uncommitted);
        uncommitted.clear();
        now.forEach(written -> broker.append(written.topic(), partition, written.entry()));
    }

    @Override
    void leaveDurable() {
        home.ledger = home.ledger.copy(0);
    }

    @Override
    void undone(boolean processDied) {
        uncommitted.clear();
        ledger.rollBackTo(0);
    }
}
