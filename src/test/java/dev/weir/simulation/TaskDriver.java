package dev.weir.simulation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.test.TestRecord;

/**
 * One life of one task on Kafka's test driver. Between the driver and the product's processor stands what the driver
 * does not have: the partition and the true offsets, wishes for commits, the times of ticks, and a death without
 * farewell.
 */
final class TaskDriver implements AutoCloseable {
    private static final Properties CONFIG = new Properties();

    static {
        CONFIG.put(StreamsConfig.APPLICATION_ID_CONFIG, "simulation");
        CONFIG.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
    }

    private final int partition;
    private final List<Schedule> schedules = new ArrayList<>();
    private final List<TestOutputTopic<byte[], byte[]>> outputs = new ArrayList<>();
    private final List<String> outputTopics;
    private final java.util.Map<String, TestInputTopic<byte[], byte[]>> inputs = new java.util.HashMap<>();
    private final TopologyTestDriver driver;
    private Place reading;
    private boolean fresh;
    private boolean commitWanted;
    private boolean dead;
    private long wallMillis;

    /** Where the record that is processed stands. */
    record Place(String topic, int partition, long offset) implements RecordMetadata {}

    /** A record that the task wrote. */
    record Written(String topic, LogRecord entry) {}

    private static final class Schedule {
        private final long intervalMillis;
        private long dueMillis;

        private Schedule(long intervalMillis, long dueMillis) {
            this.intervalMillis = intervalMillis;
            this.dueMillis = dueMillis;
        }
    }

    /**
     * Starts a task.
     *
     * @param draw draws the topology around the processor, which this wraps
     * @param outputTopics what may be written
     * @param wallMillis the wall clock
     */
    TaskDriver(int partition, Function<TaskDriver, Topology> draw, List<String> outputTopics, long wallMillis) {
        this.partition = partition;
        this.wallMillis = wallMillis;
        this.outputTopics = outputTopics;
        this.driver = new TopologyTestDriver(draw.apply(this), CONFIG, Instant.ofEpochMilli(wallMillis));
        for (String topic : outputTopics) {
            outputs.add(driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
        }
    }

    /** Wraps the processor of the task. */
    <KO, VO> ProcessorSupplier<byte[], byte[], KO, VO> around(
            ProcessorSupplier<byte[], byte[], KO, VO> inner, Set<StoreBuilder<?>> stores) {
        return new ProcessorSupplier<>() {
            @Override
            public Processor<byte[], byte[], KO, VO> get() {
                return new Probe<>(inner.get());
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                Set<String> wanted =
                        inner.stores().stream().map(StoreBuilder::name).collect(Collectors.toSet());
                Set<String> given = stores.stream().map(StoreBuilder::name).collect(Collectors.toSet());
                if (!wanted.equals(given)) {
                    throw new IllegalStateException("the product wants stores " + wanted + ", not " + given);
                }
                return stores;
            }
        };
    }

    /**
     * Moves the wall clock, forward or back; what is due ticks. The driver's own clock cannot go back: after that it
     * runs ahead, and ticks that come too early by the wall clock are held back.
     */
    void advanceTo(long newWallMillis) {
        long passed = newWallMillis - wallMillis;
        wallMillis = newWallMillis;
        if (passed <= 0) {
            return;
        }
        driver.advanceWallClockTime(Duration.ofMillis(passed));
        for (Schedule schedule : schedules) {
            if (schedule.dueMillis <= wallMillis) {
                long missed = (wallMillis - schedule.dueMillis) / schedule.intervalMillis;
                schedule.dueMillis += (missed + 1) * schedule.intervalMillis;
            }
        }
    }

    /** Processes one record. */
    void process(Place place, LogRecord entry) {
        reading = place;
        fresh = !place.topic().equals(Topics.CONTROL);
        try {
            inputs.computeIfAbsent(
                            place.topic(),
                            topic -> driver.createInputTopic(
                                    topic, new ByteArraySerializer(), new ByteArraySerializer()))
                    .pipeInput(new TestRecord<>(
                            entry.key(),
                            entry.value(),
                            entry.headers(),
                            Instant.ofEpochMilli(Math.max(0, wallMillis))));
        } finally {
            reading = null;
        }
    }

    /** Takes what was written since the last call. */
    List<Written> takeWritten() {
        List<Written> written = new ArrayList<>();
        for (int i = 0; i < outputs.size(); i++) {
            while (!outputs.get(i).isEmpty()) {
                TestRecord<byte[], byte[]> next = outputs.get(i).readRecord();
                written.add(new Written(outputTopics.get(i), new LogRecord(next.key(), next.value(), next.headers())));
            }
        }
        return written;
    }

    /** Whether a commit was asked for since the last call. */
    boolean takeCommitWanted() {
        boolean wanted = commitWanted;
        commitWanted = false;
        return wanted;
    }

    /** When the next tick is due by the wall clock. */
    OptionalLong nextTickMillis() {
        return schedules.stream().mapToLong(schedule -> schedule.dueMillis).min();
    }

    /** The process is gone: nothing is said any more. */
    void die() {
        dead = true;
        driver.close();
    }

    /** The task leaves its process. */
    @Override
    public void close() {
        driver.close();
    }

    private final class Probe<KO, VO> implements Processor<byte[], byte[], KO, VO> {
        private final Processor<byte[], byte[], KO, VO> inner;

        private Probe(Processor<byte[], byte[], KO, VO> inner) {
            this.inner = inner;
        }

        @Override
        @SuppressWarnings("unchecked")
        public void init(ProcessorContext<KO, VO> context) {
            inner.init((ProcessorContext<KO, VO>) Proxy.newProxyInstance(
                    getClass().getClassLoader(),
                    new Class<?>[] {ProcessorContext.class},
                    (proxy, method, arguments) -> switch (method.getName()) {
                        case "currentSystemTimeMs" -> wallMillis;
                        case "taskId" -> new TaskId(0, partition);
                        case "recordMetadata" -> java.util.Optional.ofNullable(reading);
                        case "commit" -> {
                            commitWanted = true;
                            yield null;
                        }
                        case "schedule" -> schedule(context, (Duration) arguments[0], arguments);
                        default -> {
                            try {
                                yield method.invoke(context, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        }
                    }));
        }

        private Cancellable schedule(ProcessorContext<KO, VO> context, Duration interval, Object... arguments) {
            Schedule schedule = new Schedule(interval.toMillis(), wallMillis + interval.toMillis());
            schedules.add(schedule);
            Punctuator tick = (Punctuator) arguments[2];
            Cancellable inner = context.schedule(
                    interval, (org.apache.kafka.streams.processor.PunctuationType) arguments[1], at -> {
                        if (schedule.dueMillis <= wallMillis) {
                            tick.punctuate(wallMillis);
                        }
                    });
            return () -> {
                schedules.remove(schedule);
                inner.cancel();
            };
        }

        /** What the driver feeds back from a sink to its source by itself is not this bus's word. */
        @Override
        public void process(Record<byte[], byte[]> message) {
            if (fresh) {
                fresh = false;
                inner.process(message);
            }
        }

        @Override
        public void close() {
            if (!dead) {
                inner.close();
            }
        }
    }
}
