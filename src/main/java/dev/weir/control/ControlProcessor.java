package dev.weir.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.control.ControlCommand.Cancel;
import dev.weir.control.ControlCommand.Resume;
import dev.weir.control.ControlFormat.Reading;
import dev.weir.permit.AskMessage;
import dev.weir.permit.InboxMessage;
import dev.weir.permit.PermitCodec;
import dev.weir.registry.Framing;
import java.time.Duration;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns commands into permit messages: a cancel goes to every dispatch task, as only the one that holds the request
 * knows it; a resume goes to the admission task of its scope. Threading: the task's stream thread.
 */
final class ControlProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    private static final Logger LOG = LoggerFactory.getLogger(ControlProcessor.class);

    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final ControlRelay relay;
    private @Nullable Task task;
    private boolean warned;

    /** What a task has while it runs; it reads again only while something waits. */
    private static final class Task {
        private final ProcessorContext<byte[], byte[]> context;
        private final WaitingCommands waiting;
        private @Nullable Cancellable again;

        private Task(ProcessorContext<byte[], byte[]> context) {
            this.context = context;
            this.waiting = new WaitingCommands(context.getStateStore(WaitingCommands.STORE));
        }
    }

    ControlProcessor(ControlRelay relay) {
        this.relay = relay;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        Task started = new Task(context);
        relay.metrics().waiting(started.waiting.size());
        schedule(started);
        task = started;
        warned = false;
    }

    @Override
    public void process(Record<byte[], byte[]> message) {
        Task now = task;
        if (now == null) {
            throw new IllegalStateException("a command came before init");
        }
        Header header = message.headers().lastHeader(Framing.VALUE_SCHEMA_HEADER);
        byte[] schema = header == null ? null : header.value();
        Reading reading = relay.format().read(message.value(), schema);
        if (reading instanceof Reading.Unavailable unavailable) {
            keep(now, message.value(), schema, unavailable.message());
        } else {
            settle(now.context, reading, where(now.context));
        }
    }

    private void keep(Task now, byte[] value, byte @Nullable [] schema, String why) {
        long offset = now.context
                .recordMetadata()
                .map(RecordMetadata::offset)
                .orElseThrow(() -> new IllegalStateException("a command without coordinates"));
        int before = now.waiting.size();
        now.waiting
                .add(offset, value, schema)
                .ifPresentOrElse(
                        refusal -> ignore(where(now.context), refusal),
                        () -> LOG.debug("The command at {} waits: {}", where(now.context), why));
        relay.metrics().waiting(now.waiting.size() - before);
        schedule(now);
    }

    private void schedule(Task now) {
        Cancellable again = now.again;
        if (again == null && now.waiting.size() > 0) {
            now.again = now.context.schedule(AGAIN, PunctuationType.WALL_CLOCK_TIME, unused -> readAgain(now));
        } else if (again != null && now.waiting.size() == 0) {
            again.cancel();
            now.again = null;
        }
    }

    private void readAgain(Task now) {
        for (WaitingCommands.Waiting each : now.waiting.all()) {
            Reading reading = relay.format().read(each.value(), each.schemaHeader());
            if (!(reading instanceof Reading.Unavailable)) {
                settle(now.context, reading, "offset " + each.offset() + " of the control topic");
                now.waiting.remove(each);
                relay.metrics().waiting(-1);
            }
        }
        schedule(now);
    }

    private void settle(ProcessorContext<byte[], byte[]> context, Reading reading, String where) {
        if (reading instanceof Reading.Understood understood) {
            forward(context, understood.command());
        } else if (reading instanceof Reading.Unreadable unreadable) {
            ignore(where, unreadable.message());
        }
    }

    @Override
    public void close() {
        Task ended = task;
        if (ended != null) {
            relay.metrics().waiting(-ended.waiting.size());
            task = null;
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

    private void ignore(String where, String why) {
        relay.metrics().unreadable();
        if (!warned) {
            warned = true;
            LOG.warn("What stands at {} is no command ({}); it and its like are skipped", where, why);
        }
    }

    private static String where(ProcessorContext<byte[], byte[]> context) {
        return context.recordMetadata()
                .map(at -> at.topic() + "-" + at.partition() + "@" + at.offset())
                .orElse("the control topic");
    }
}
