package dev.weir.admission;

import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Gives each life of a task a state of its own, as Streams may start a processor again after closing it. */
final class AdmissionProcessor implements Processor<byte[], byte[], Void, Void> {
    private final AdmissionParameters parameters;
    private @Nullable AdmissionTask task;

    AdmissionProcessor(AdmissionParameters parameters) {
        this.parameters = parameters;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        task = new AdmissionTask(parameters, context);
    }

    @Override
    public void process(Record<byte[], byte[]> message) {
        if (task == null) {
            throw new IllegalStateException("a message came before init");
        }
        task.take(message.value());
    }

    @Override
    public void close() {
        if (task != null) {
            task.close();
            task = null;
        }
    }
}
