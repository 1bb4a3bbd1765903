package dev.weir.control;

import java.util.Set;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The control node: reads commands and forwards permit messages to its two sinks, which the topology adds. A command is
 * relayed at least once, for the sinks' records are flushed before its offset is committed; repeats do no harm. It may
 * only run without transactions: an open one on the inbox would hide every later grant.
 */
public final class ControlRelay implements ProcessorSupplier<byte[], byte[], byte[], byte[]> {
    /** The store of the commands that wait. */
    public static final String STORE = WaitingCommands.STORE;
    /** The sink of cancels: every partition of the inbox. */
    public static final String CANCELS_SINK = "cancels";
    /** The sink of resumes: the asks topic, by scope. */
    public static final String RESUMES_SINK = "resumes";

    private final ControlMetrics metrics;
    private final ControlFormat format;

    /** A node that counts in those meters. */
    public ControlRelay(ControlMetrics metrics, ControlFormat format) {
        this.metrics = metrics;
        this.format = format;
    }

    @Override
    public Processor<byte[], byte[], byte[], byte[]> get() {
        return new ControlProcessor(this);
    }

    /** The same store for every format, so that a change of the format is no change of the topology. */
    @Override
    public Set<StoreBuilder<?>> stores() {
        return Set.of(WaitingCommands.builder());
    }

    ControlFormat format() {
        return format;
    }

    ControlMetrics metrics() {
        return metrics;
    }
}
