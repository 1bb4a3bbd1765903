package dev.weir.client;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The clients of a Kafka Streams application, with hooks that Streams itself has not: after a commit, and after the
 * acknowledgement of writes. Kafka's own classes are extended because Streams sees only their interfaces.
 *
 * <p>Threading: hooks belong to the stream thread that registers them.
 */
public final class HookedClients implements KafkaClientSupplier, AfterCommit, AfterAcks, IdlePolls {
    private static final Logger LOG = LoggerFactory.getLogger(HookedClients.class);
    /** As often do the tasks of a busy thread look after their calls. */
    private static final Duration TICK = Duration.ofMillis(1);

    private static final Duration LONGEST_POLL = Duration.ofMillis(500);

    private final boolean flushIsCommit;
    private final Runnable beforeWaiting;
    private final ThreadLocal<Deque<Runnable>> afterCommit = ThreadLocal.withInitial(ArrayDeque::new);
    private final ThreadLocal<CommitPace> pace;
    private final ThreadLocal<WriteBarrier> writes = ThreadLocal.withInitial(WriteBarrier::new);
    private final ThreadLocal<Map<Object, Boolean>> busy = ThreadLocal.withInitial(java.util.HashMap::new);
    private final ThreadLocal<Deque<Runnable>> wishes = ThreadLocal.withInitial(ArrayDeque::new);
    private final ThreadLocal<Waker> waker = ThreadLocal.withInitial(Waker::new);
    private final KnownOffsets offsets = new KnownOffsets();

    /**
     * Clients of one application.
     *
     * @param flushIsCommit whether work waits for the flush of the state instead of the commit of the offsets: under
     *     at_least_once Streams commits no offsets when only a punctuator has worked, and the state is what matters
     * @param beforeWaiting is run on a stream thread whenever it is about to wait for a broker
     */
    public HookedClients(boolean flushIsCommit, Runnable beforeWaiting) {
        this.flushIsCommit = flushIsCommit;
        this.pace = ThreadLocal.withInitial(() -> new CommitPace(flushIsCommit));
        this.beforeWaiting = beforeWaiting;
    }

    @Override
    public void afterCommit(Runnable action) {
        afterCommit.get().add(action);
    }

    @Override
    public boolean isCommitDue() {
        return pace.get().isDue(System.nanoTime());
    }

    @Override
    public void whenCommitIsDue(Runnable wish) {
        wishes.get().add(wish);
    }

    @Override
    public Runnable waker() {
        return waker.get();
    }

    @Override
    public void afterAcks(Runnable action) {
        writes.get().afterAcks(action);
    }

    @Override
    public boolean isCrowded() {
        return writes.get().isCrowded();
    }

    @Override
    public void idle(Object task, boolean idle) {
        if (idle) {
            busy.get().remove(task);
        } else {
            busy.get().put(task, Boolean.TRUE);
        }
    }

    /** How far the group has committed. */
    public CommittedOffsets committedOffsets() {
        return offsets;
    }

    @Override
    public Admin getAdmin(Map<String, Object> config) {
        return Admin.create(config);
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        return new HookedProducer(config);
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return new HookedConsumer(config);
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private void committed(long endingNanos) {
        Deque<Runnable> pending = afterCommit.get();
        pace.get().committed(endingNanos, System.nanoTime(), pending.size());
        wishes.get().clear();
        List<Runnable> now = List.copyOf(pending);
        pending.clear();
        now.forEach(Runnable::run);
    }

    /** What they wait for will not come. */
    private void forgetWaiting() {
        afterCommit.get().clear();
        wishes.get().clear();
    }

    private final class HookedProducer extends KafkaProducer<byte[], byte[]> {
        /** Whether a write since the last flush has failed: a flush returns all the same, and Streams tells later. */
        private final AtomicBoolean lost = new AtomicBoolean();

        private HookedProducer(Map<String, Object> config) {
            super(config, new ByteArraySerializer(), new ByteArraySerializer());
        }

        @Override
        public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, @Nullable Callback callback) {
            WriteBarrier.Acknowledgement acknowledgement = writes.get().writing();
            try {
                return super.send(record, (metadata, failure) -> {
                    lost.compareAndSet(false, failure != null);
                    try {
                        if (callback != null) {
                            callback.onCompletion(metadata, failure);
                        }
                    } finally {
                        acknowledgement.done(failure != null);
                    }
                });
            } catch (RuntimeException e) {
                acknowledgement.done(true);
                throw e;
            }
        }

        @Override
        public void flush() {
            beforeWaiting.run();
            long startedNanos = System.nanoTime();
            pace.get().flushes(startedNanos);
            super.flush();
            if (flushIsCommit && lost.getAndSet(false)) {
                forgetWaiting();
            } else if (flushIsCommit) {
                committed(startedNanos);
            }
        }

        @Override
        public void commitTransaction() {
            long startedNanos = System.nanoTime();
            super.commitTransaction();
            committed(startedNanos);
        }

        @Override
        public void abortTransaction() {
            forgetWaiting();
            pace.get().aborted();
            super.abortTransaction();
        }
    }

    private final class HookedConsumer extends KafkaConsumer<byte[], byte[]> {
        private HookedConsumer(Map<String, Object> config) {
            super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        }

        @Override
        public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            beforeWaiting.run();
            boolean hurry = waker.get().enter(this);
            long startedNanos = System.nanoTime();
            ConsumerRecords<byte[], byte[]> records = ConsumerRecords.empty();
            boolean noticed = false;
            try {
                records = super.poll(hurry ? shorter(TICK, timeout) : patience(timeout));
            } catch (WakeupException e) {
                noticed = true;
            } finally {
                long tookNanos = System.nanoTime() - startedNanos;
                pace.get().idled(tookNanos);
                if (waker.get().leave(tookNanos >= TICK.toNanos()) && !noticed) {
                    forgetWakeup();
                }
            }
            grantWishes();
            return records;
        }

        /**
         * Long when nothing of this thread needs a punctuator: only a record can bring work then, and ends a poll at
         * once. Short when a commit is wished for.
         */
        private Duration patience(Duration timeout) {
            if (timeout.isZero()) {
                return timeout;
            }
            if (!wishes.get().isEmpty()) {
                return shorter(Duration.ofNanos(pace.get().idleLeftNanos(System.nanoTime())), timeout);
            }
            boolean mayWait = busy.get().isEmpty() && !assignment().isEmpty();
            return mayWait && timeout.compareTo(LONGEST_POLL) < 0 ? LONGEST_POLL : timeout;
        }

        /** Otherwise whatever blocks next would be interrupted; the first thing that a poll does is to look for it. */
        private void forgetWakeup() {
            try {
                if (!super.poll(Duration.ZERO).isEmpty()) {
                    throw new IllegalStateException("the consumer has not noticed its wake-up");
                }
            } catch (WakeupException e) {
                LOG.trace("A wake-up came when the poll was over", e);
            }
        }

        private static Duration shorter(Duration one, Duration other) {
            return one.compareTo(other) < 0 ? one : other;
        }

        private void grantWishes() {
            Deque<Runnable> waiting = wishes.get();
            if (!waiting.isEmpty() && pace.get().isDue(System.nanoTime())) {
                waiting.forEach(Runnable::run);
                waiting.clear();
            }
        }

        @Override
        public void commitSync(Map<TopicPartition, OffsetAndMetadata> positions) {
            long startedNanos = System.nanoTime();
            commitWhateverWakes(positions);
            offsets.committed(positions);
            if (!flushIsCommit) {
                HookedClients.this.committed(startedNanos);
            }
        }

        /** Streams asks for them whenever a task begins. */
        @Override
        public Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions) {
            Map<TopicPartition, OffsetAndMetadata> positions = super.committed(partitions);
            offsets.committed(positions);
            writes.get().begin();
            return positions;
        }

        /** A rebalance commits within a poll, which may be woken. */
        private void commitWhateverWakes(Map<TopicPartition, OffsetAndMetadata> offsets) {
            waker.get().suspend();
            try {
                super.commitSync(offsets);
            } catch (WakeupException e) {
                super.commitSync(offsets);
            }
        }
    }
}
