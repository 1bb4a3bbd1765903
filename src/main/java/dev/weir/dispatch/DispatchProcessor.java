package dev.weir.dispatch;

import dev.weir.event.Blob;
import dev.weir.event.SourceCoordinates;
import dev.weir.permit.Decoded;
import dev.weir.permit.InboxMessage;
import dev.weir.permit.PermitCodec;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * The Kafka side of one dispatch task: reads records, ticks only while there is something to do, and forwards.
 * Threading: the task's stream thread.
 */
final class DispatchProcessor implements Processor<byte[], byte[], byte[], Outbound> {
    /** With every poll, so that a thread that was woken finds out why. */
    private static final Duration BUSY_TICK = Duration.ofMillis(1);

    private static final Duration SHORTEST_TICK = Duration.ofMillis(10);
    private static final Duration LONGEST_TICK = Duration.ofSeconds(30);
    private static final Duration SWEEP = Duration.ofSeconds(1);
    private static final int DUE_BATCH = 1_000;

    private final Dispatch dispatch;

    private @Nullable Running running;

    DispatchProcessor(Dispatch dispatch) {
        this.dispatch = dispatch;
    }

    /** What exists between init and close. */
    private static final class Running {
        private final ProcessorContext<byte[], Outbound> context;
        private final Task task;
        private final Desk desk;
        private final Intake intake;
        private final Recovery recovery;
        private final Inbox inbox;
        private final Completions completions;
        private final OwnerProof proof;
        private Greeting greeting;
        private @Nullable Cancellable tick;
        private Duration interval = Duration.ZERO;
        private long lastSweepMillis;
        private long seenFailures;

        private Running(ProcessorContext<byte[], Outbound> context, Task task, List<Long> openOffsets) {
            this.context = context;
            this.task = task;
            this.desk = new Desk(task);
            this.intake = new Intake(task, desk);
            this.recovery = new Recovery(task, desk);
            this.inbox = new Inbox(task, desk, recovery);
            this.completions = new Completions(task, desk);
            this.proof = new OwnerProof(task.commits());
            this.greeting = new Greeting(task, desk, recovery, openOffsets);
        }
    }

    @Override
    public void init(ProcessorContext<byte[], Outbound> context) {
        Task task = dispatch.task(context);
        List<Long> openOffsets = task.ledger().rebuild(task.outcomes()::restore);
        task.outcomes().rebuild();
        task.cancels().rebuild();
        Running now = new Running(context, task, openOffsets);
        now.seenFailures = dispatch.permitFailures();
        running = now;
        task.calls().wake(task.partition(), dispatch.waker());
        schedule(now, BUSY_TICK);
    }

    @Override
    public void process(Record<byte[], byte[]> message) {
        Running now = running();
        RecordMetadata metadata = now.context
                .recordMetadata()
                .orElseThrow(() -> new IllegalStateException("a record without coordinates"));
        SourceCoordinates at = new SourceCoordinates(metadata.topic(), metadata.partition(), metadata.offset());
        now.task.blame().reading(at);
        try {
            read(now, message, at, dispatch.nowMillis(now.context));
        } catch (RuntimeException | StackOverflowError e) {
            now.task.blame().failed(e);
            throw e;
        }
    }

    private void read(Running now, Record<byte[], byte[]> message, SourceCoordinates at, long nowMillis) {
        now.greeting.begin(nowMillis);
        now.completions.settleUp();
        now.intake.proceed(nowMillis);
        carryOut(now, nowMillis);
        now.task.blame().reading(at);
        Blob key = Blob.ofNullable(message.key());
        Blob value = Blob.ofNullable(message.value());
        if (at.topic().equals(dispatch.settings().requestsTopic())) {
            now.intake.request(at.offset(), key, value, KafkaHeaders.read(message.headers()), nowMillis);
        } else if (now.task.blame().condemned(at).isPresent()) {
            now.task.metrics().ignored("poison");
        } else if (at.topic().equals(dispatch.settings().inboxTopic())) {
            inbox(now, message.value(), nowMillis);
        } else {
            now.intake.retried(key, value, KafkaHeaders.read(message.headers()), nowMillis);
        }
        now.task.blame().over();
        now.completions.drain(nowMillis);
        now.desk.departures().proceed(nowMillis);
        now.task.blame().over();
        reschedule(now, nowMillis);
    }

    /** Ends the requests at which the thread failed twice; one whose payload is in a tier, when that is back. */
    private static void carryOut(Running now, long nowMillis) {
        for (long offset : now.task.blame().condemned()) {
            Entry entry = now.task.ledger().entry(offset);
            if (entry != null && !(entry.status() instanceof Status.Retrying)) {
                String why = now.task.blame().condemned(offset).orElse("");
                now.desk.condemn(offset, entry, now.task.ledger().payload(offset), why, nowMillis);
            }
        }
    }

    private static void inbox(Running now, byte @Nullable [] value, long nowMillis) {
        Decoded<InboxMessage> decoded = PermitCodec.decodeInbox(value);
        decoded.messages().forEach(message -> now.inbox.receive(message, nowMillis));
        if (decoded.unreadable()) {
            now.task.metrics().ignored("inbox_unreadable");
        }
    }

    private void tick() {
        Running now = running();
        now.task.blame().over();
        try {
            work(now, dispatch.nowMillis(now.context));
        } catch (RuntimeException | StackOverflowError e) {
            now.task.blame().failed(e);
            throw e;
        }
    }

    private void work(Running now, long nowMillis) {
        boolean isOutdated = now.task.permits().isOutdated();
        if (isOutdated ? now.proof.holds() : dispatch.permitFailures() > now.seenFailures) {
            now.proof.use();
            now.seenFailures = dispatch.permitFailures();
            now.greeting = new Greeting(
                    now.task, now.desk, now.recovery, now.task.ledger().offsets());
        }
        now.greeting.begin(nowMillis);
        now.completions.settleUp();
        now.intake.proceed(nowMillis);
        carryOut(now, nowMillis);
        now.greeting.proceed(nowMillis);
        now.recovery.proceed(nowMillis);
        now.completions.drain(nowMillis);
        now.desk.departures().proceed(nowMillis);
        wakeDue(now, nowMillis);
        if (nowMillis - now.lastSweepMillis >= SWEEP.toMillis() || nowMillis < now.lastSweepMillis) {
            now.lastSweepMillis = nowMillis;
            now.task.calls().sweep(now.task.partition());
            now.task.outcomes().expire(nowMillis);
            now.task.cancels().expire(nowMillis);
        }
        now.task.blame().over();
        now.task.permits().push();
        reschedule(now, nowMillis);
    }

    private static void wakeDue(Running now, long nowMillis) {
        Ledger ledger = now.task.ledger();
        for (int i = 0; i < DUE_BATCH; i++) {
            OptionalLong due = ledger.pollDue(nowMillis);
            if (due.isEmpty()) {
                return;
            }
            now.task.blame().takes(due.getAsLong());
            Entry entry = ledger.entry(due.getAsLong());
            if (entry != null) {
                Move move = now.task.lifecycle().woken(entry, nowMillis);
                if (move instanceof Move.Decode) {
                    now.intake.again(due.getAsLong(), entry, nowMillis);
                } else {
                    now.desk.apply(due.getAsLong(), move, nowMillis);
                }
            }
        }
    }

    /** Ticks with every poll while calls run, else when the next request is due, else not at all. */
    private void reschedule(Running now, long nowMillis) {
        Ledger ledger = now.task.ledger();
        now.task.metrics().open(now.task.partition(), ledger.waiting(), ledger.inFlight(), ledger.undecoded());
        now.task.commits().proceed();
        if (isBusy(now)) {
            schedule(now, BUSY_TICK);
            return;
        }
        OptionalLong due = ledger.nextDue();
        if (due.isEmpty()) {
            cancel(now);
            dispatch.idle(this, true);
            return;
        }
        long millis = Math.max(SHORTEST_TICK.toMillis(), due.getAsLong() - nowMillis);
        Duration wait = Duration.ofMillis(Math.min(LONGEST_TICK.toMillis(), millis));
        schedule(now, wait);
        dispatch.idle(this, wait.equals(LONGEST_TICK));
    }

    private static boolean isBusy(Running now) {
        return !now.greeting.isDone()
                || now.task.permits().isOutdated()
                || !now.recovery.isOver()
                || now.task.ledger().inFlight() > 0
                || now.desk.departures().isWaiting()
                || now.intake.isWaiting()
                || now.task.ledger().isErasing()
                || now.task.commits().isWaiting()
                || now.task.calls().isBusy(now.task.partition());
    }

    private void schedule(Running now, Duration interval) {
        if (interval.equals(BUSY_TICK)) {
            dispatch.idle(this, false);
        }
        boolean keep = now.tick != null && interval.equals(now.interval);
        if (!keep) {
            cancel(now);
            now.interval = interval;
            now.tick = now.context.schedule(interval, PunctuationType.WALL_CLOCK_TIME, unused -> tick());
        }
    }

    private static void cancel(Running now) {
        Cancellable tick = now.tick;
        if (tick != null) {
            tick.cancel();
            now.tick = null;
        }
    }

    @Override
    public void close() {
        Running now = running;
        if (now != null) {
            cancel(now);
            now.task.metrics().closed(now.task.partition());
            now.task.permits().push();
            now.task.handOver().leave(now.task.partition(), now.task.permits().epoch());
            dispatch.idle(this, true);
            running = null;
        }
    }

    private Running running() {
        Running now = running;
        if (now == null) {
            throw new IllegalStateException("the processor is used outside init and close");
        }
        return now;
    }
}
