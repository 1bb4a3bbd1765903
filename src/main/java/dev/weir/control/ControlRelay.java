package dev.weir.control;

import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;

/**
 * The control node: reads commands and forwards permit messages to its two sinks, which the topology adds. A command is
 * relayed at least once, for the sinks' records are flushed before its offset is committed; repeats do no harm. It may
 * only run without transactions: an open one on the inbox would hide every later grant.
 */
public final class ControlRelay implements ProcessorSupplier<byte[], byte[], byte[], byte[]> {
    /** The sink of cancels: every partition of the inbox. */
    public static final String CANCELS_SINK = "cancels";
    /** The sink of resumes: the asks topic, by scope. */
    public static final String RESUMES_SINK = "resumes";

    private final ControlMetrics metrics;

    /** A node that counts in those meters. */
    public ControlRelay(ControlMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public Processor<byte[], byte[], byte[], byte[]> get() {
        return new ControlProcessor(this);
    }

    ControlMetrics metrics() {
        return metrics;
    }
}
