package dev.weir.simulation;

import dev.weir.client.AskSender;
import dev.weir.client.HandOverSender;
import dev.weir.client.InboxSender;
import dev.weir.dispatch.CallBounds;
import dev.weir.dispatch.Calls;
import dev.weir.dispatch.HandOver;
import dev.weir.permit.AskMessage;
import dev.weir.permit.InboxMessage;
import dev.weir.permit.PermitCodec;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** One gateway process: its clocks, its calls, its producer. What it keeps in memory dies with it. */
final class SimProcess implements AskSender, InboxSender, HandOverSender {
    static final Duration HARD_DEADLINE = Duration.ofSeconds(12);
    private static final int SLOTS = 12;
    private static final long LONGEST_LOOP_MICROS = 2_000;
    private static final Runnable NOTHING = () -> {};

    private final Timeline timeline;
    private final Wire wire;
    private final int requestsPartitions;
    private final Calls calls;
    private final HandOver handOver;
    private final String name;
    private final long steadyOffsetMicros;
    private long wallOffsetMicros;
    private long failures;
    private boolean alive = true;
    private boolean draining;
    private boolean frozen;
    private boolean outlived;
    private final Map<Integer, ByteArrayOutputStream> gathered = new TreeMap<>();
    private final List<Runnable> held = new ArrayList<>();

    SimProcess(String name, Timeline timeline, Wire wire, int requestsPartitions, SimGrok grok, long wallOffsetMicros) {
        this.name = name;
        this.timeline = timeline;
        this.wire = wire;
        this.requestsPartitions = requestsPartitions;
        this.wallOffsetMicros = wallOffsetMicros;
        this.steadyOffsetMicros = timeline.between(0, 1_000_000_000L);
        wire.gate(this::whenAwake);
        VirtualExecutor starter = new VirtualExecutor(timeline, this::whenAwake);
        this.calls =
                new Calls(grok.client(this), new CallBounds(SLOTS, 1_000_000, HARD_DEADLINE), this::nanoTime, starter);
        this.handOver = new HandOver(calls, this, new VirtualExecutor(timeline, this::whenAwake));
    }

    /** Which process of which life. */
    String name() {
        return name;
    }

    boolean isAlive() {
        return alive;
    }

    Calls calls() {
        return calls;
    }

    HandOver handOver() {
        return handOver;
    }

    long failures() {
        return failures;
    }

    long wallMillis() {
        return Math.floorDiv(timeline.nowMicros() + wallOffsetMicros, 1_000L);
    }

    /** When its wall clock will show that, if nobody touches it. */
    long microsAtWall(long millis) {
        return millis * 1_000 - wallOffsetMicros;
    }

    /** Somebody sets its wall clock. */
    void stepClock(long micros) {
        wallOffsetMicros += micros;
    }

    long nanoTime() {
        return steadyMicros() * 1_000;
    }

    long steadyMicros() {
        return timeline.nowMicros() + steadyOffsetMicros;
    }

    boolean isDraining() {
        return draining;
    }

    /** Does that after so long, as soon as it runs; never if it is gone by then. */
    void in(long micros, Runnable action) {
        timeline.in(micros, () -> whenAwake(action));
    }

    /** Does that now, or when it wakes; never if it is gone. */
    void whenAwake(Runnable action) {
        if (alive && frozen) {
            held.add(action);
        } else if (alive) {
            action.run();
        }
    }

    boolean isFrozen() {
        return frozen;
    }

    /** Whether others took its tasks while it was frozen. */
    boolean wasOutlived() {
        return outlived;
    }

    /** Stopped, so that nothing in it moves; its calls go on at the server. */
    void freeze() {
        frozen = true;
    }

    void outlive() {
        outlived = true;
    }

    /** Goes on as if nothing had happened: all that was due meanwhile is done, in its order. */
    void thaw() {
        frozen = false;
        List<Runnable> now = List.copyOf(held);
        held.clear();
        for (int i = 0; i < now.size(); i++) {
            in(20L * i, now.get(i));
        }
    }

    /** Makes no further call; what runs goes on. */
    void drain() {
        draining = true;
        calls.drain();
    }

    /** Killed. */
    void die() {
        alive = false;
        held.clear();
        wire.die();
    }

    /** Ended in good order: whatever it still had to say is said. */
    void end() {
        push();
        wire.flush();
        alive = false;
    }

    @Override
    public void send(String scope, AskMessage message) {
        gather(Math.floorMod(scope.hashCode(), SimSettings.ASKS_PARTITIONS), message);
    }

    @Override
    public void broadcast(AskMessage message) {
        for (int partition = 0; partition < SimSettings.ASKS_PARTITIONS; partition++) {
            gather(partition, message);
        }
    }

    /** Its next poll is not far: that pushes. */
    private void gather(int partition, AskMessage message) {
        if (gathered.isEmpty()) {
            in(timeline.between(0, LONGEST_LOOP_MICROS), this::push);
        }
        gathered.computeIfAbsent(partition, unused -> new ByteArrayOutputStream())
                .writeBytes(PermitCodec.encode(message));
    }

    @Override
    public void push() {
        gathered.forEach((partition, record) -> send(Topics.ASKS, partition, null, record.toByteArray(), NOTHING));
        gathered.clear();
    }

    @Override
    public void send(int partition, List<InboxMessage> messages) {
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        messages.forEach(message -> record.writeBytes(PermitCodec.encode(message)));
        send(Topics.INBOX, partition, null, record.toByteArray(), NOTHING);
    }

    @Override
    public void send(int partition, InboxMessage message, Runnable whenDurable) {
        send(Topics.INBOX, partition, null, PermitCodec.encode(message), whenDurable);
    }

    @Override
    public void broadcast(InboxMessage message) {
        for (int partition = 0; partition < requestsPartitions; partition++) {
            send(partition, message);
        }
    }

    @Override
    public void flush() {
        wire.flush();
    }

    private void send(String topic, int partition, byte[] key, byte[] value, Runnable whenDurable) {
        if (alive) {
            wire.send(
                    topic,
                    partition,
                    new LogRecord(key, value, new RecordHeaders()),
                    () -> {
                        if (alive) {
                            whenDurable.run();
                        }
                    },
                    () -> failures++);
        }
    }
}
