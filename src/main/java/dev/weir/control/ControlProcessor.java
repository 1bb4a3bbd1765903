package dev.weir.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.control.ControlCodec.Reading;
import dev.weir.control.ControlCommand.Cancel;
import dev.weir.control.ControlCommand.Resume;
import dev.weir.permit.AskMessage;
import dev.weir.permit.InboxMessage;
import dev.weir.permit.PermitCodec;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns commands into permit messages: a cancel goes to every dispatch task, as only the one that holds the request
 * knows it; a resume goes to the admission task of its scope. Threading: the task's stream thread.
 */
final class ControlProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    private static final Logger LOG = LoggerFactory.getLogger(ControlProcessor.class);

    private final ControlRelay relay;
    private @Nullable ProcessorContext<byte[], byte[]> context;
    private boolean warned;

    ControlProcessor(ControlRelay relay) {
        this.relay = relay;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> newContext) {
        context = newContext;
        warned = false;
    }

    @Override
    public void process(Record<byte[], byte[]> message) {
        ProcessorContext<byte[], byte[]> now = context;
        if (now == null) {
            throw new IllegalStateException("a command came before init");
        }
        Reading reading = ControlCodec.read(message.value());
        if (reading instanceof Reading.Understood understood) {
            forward(now, understood.command());
        } else if (reading instanceof Reading.Unreadable unreadable) {
            ignore(now, unreadable.message());
        }
    }

    /** The owner of each message reads its own clock: the command's own time is nobody's business. */
    private void forward(ProcessorContext<byte[], byte[]> now, ControlCommand command) {
        long nowMillis = now.currentSystemTimeMs();
        byte[] key = command.subject().getBytes(UTF_8);
        if (command instanceof Cancel cancel) {
            byte[] value = PermitCodec.encode(new InboxMessage.Cancel(cancel.id(), cancel.note()));
            now.forward(new Record<>(key, value, nowMillis, new RecordHeaders()), ControlRelay.CANCELS_SINK);
        } else if (command instanceof Resume resume) {
            byte[] value = PermitCodec.encode(new AskMessage.Resume(resume.scope()));
            now.forward(new Record<>(key, value, nowMillis, new RecordHeaders()), ControlRelay.RESUMES_SINK);
        }
        relay.metrics().relayed(command);
        now.commit();
    }

    private void ignore(ProcessorContext<byte[], byte[]> now, String why) {
        relay.metrics().unreadable();
        if (!warned) {
            warned = true;
            String where = now.recordMetadata()
                    .map(at -> at.topic() + "-" + at.partition() + "@" + at.offset())
                    .orElse("the control topic");
            LOG.warn("What stands at {} is no command ({}); it and its like are skipped", where, why);
        }
    }
}
