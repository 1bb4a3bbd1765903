package dev.weir.simulation;

import dev.weir.GatewayTopology;
import dev.weir.admission.AdmissionBoard;
import dev.weir.admission.AdmissionMetrics;
import dev.weir.admission.AdmissionParameters;
import dev.weir.admission.AdmissionSupplier;
import dev.weir.client.AfterAcks;
import dev.weir.control.ControlFormat;
import dev.weir.control.ControlMetrics;
import dev.weir.control.ControlRelay;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * An admission task: its state is durable write by write, some time after it was written; its offsets are committed now
 * and then. After a crash it reads again what its state may already know.
 */
final class AdmissionHost extends Host implements AfterAcks {
    private static final long COMMIT_INTERVAL_MICROS = 1_000_000;

    private final AdmissionPartition home;
    private final StoreContent permits;
    private final int partitions;
    private final AdmissionBoard board = new AdmissionBoard();
    private final Deque<Waiting> awaitingAcks = new ArrayDeque<>();
    private final List<Broker.At> sources;
    private long acknowledged;
    private long lastAckMicros;

    private record Waiting(long writes, Runnable action) {}

    private AdmissionHost(SimProcess process, AdmissionPartition home, int partitions, Parts parts) {
        super(process, home.number, parts, home.committed, COMMIT_INTERVAL_MICROS);
        this.home = home;
        this.partitions = partitions;
        this.permits = home.permits;
        this.acknowledged = permits.writes();
        Broker.At asks = new Broker.At(Topics.ASKS, home.number);
        this.sources = home.number == 0 ? List.of(asks, new Broker.At(Topics.CONTROL, 0)) : List.of(asks);
    }

    /** Starts the partition's task in that process. */
    static void start(SimProcess process, AdmissionPartition home, int partitions, Parts parts) {
        AdmissionHost host = new AdmissionHost(process, home, partitions, parts);
        home.owner = host;
        List<String> outputs = List.of(Topics.INBOX, Topics.ASKS);
        host.start(new TaskDriver(home.number, host::topology, outputs, process.wallMillis()));
    }

    private Topology topology(TaskDriver driver) {
        AdmissionParameters parameters = new AdmissionParameters(
                SimSettings.admission(),
                this,
                this::afterCommit,
                process,
                (task, idle) -> {},
                TaskId::partition,
                ProcessorContext::currentSystemTimeMs,
                process::steadyMicros,
                timeline.random()::nextDouble,
                new AdmissionMetrics(new SimpleMeterRegistry(), board));
        return GatewayTopology.admission(
                Topics.admission(),
                driver.around(
                        new AdmissionSupplier(parameters),
                        Set.of(ContentStore.builder(
                                AdmissionSupplier.STORE, permits, Serdes.Bytes(), Serdes.ByteArray()))),
                new ControlRelay(new ControlMetrics(new SimpleMeterRegistry()), ControlFormat.json()));
    }

    AdmissionBoard board() {
        return board;
    }

    @Override
    public void afterAcks(Runnable action) {
        if (acknowledged == permits.writes()) {
            action.run();
        } else {
            awaitingAcks.add(new Waiting(permits.writes(), action));
        }
    }

    @Override
    List<Broker.At> sources() {
        return sources;
    }

    /** Commands go on at once: there is no transaction here. */
    @Override
    void worked(List<TaskDriver.Written> written) {
        for (TaskDriver.Written each : written) {
            if (each.topic().equals(Topics.INBOX)) {
                for (int inbox = 0; inbox < partitions; inbox++) {
                    broker.append(Topics.INBOX, inbox, each.entry());
                }
            } else {
                int asks = Math.floorMod(
                        new String(each.entry().key(), java.nio.charset.StandardCharsets.UTF_8).hashCode(),
                        SimSettings.ASKS_PARTITIONS);
                broker.append(Topics.ASKS, asks, each.entry());
            }
        }
        long writes = permits.writes();
        if (writes > acknowledged) {
            lastAckMicros = Math.max(lastAckMicros, timeline.nowMicros() + timeline.between(200, 5_000));
            process.in(lastAckMicros - timeline.nowMicros(), () -> acknowledge(writes));
        }
    }

    private void acknowledge(long writes) {
        if (!isRunning() || writes <= acknowledged) {
            return;
        }
        acknowledged = writes;
        permits.keep(writes);
        while (!awaitingAcks.isEmpty() && awaitingAcks.peek().writes() <= acknowledged) {
            awaitingAcks.remove().action().run();
        }
    }

    @Override
    void durable() {
        acknowledge(permits.writes());
    }

    @Override
    void leaveDurable() {
        home.permits = permits.copy((int) timeline.between(0, permits.unkept()));
    }

    /** Of the writes that nobody confirmed, any first part may be there. */
    @Override
    void undone(boolean processDied) {
        permits.rollBackTo((int) timeline.between(0, permits.unkept()));
        permits.keep();
        awaitingAcks.clear();
    }
}
