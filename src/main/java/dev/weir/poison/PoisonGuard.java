package dev.weir.poison;

import dev.weir.event.SourceCoordinates;
import java.util.Set;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node that skips condemned records, around one whose records want no answer.
 *
 * @param <K> the keys that it forwards
 * @param <V> the values that it forwards
 */
public final class PoisonGuard<K, V> implements ProcessorSupplier<byte[], byte[], K, V> {
    private static final Logger LOG = LoggerFactory.getLogger(PoisonGuard.class);

    private final ProcessorSupplier<byte[], byte[], K, V> guarded;
    private final Suspects suspects;

    /** Guards that node. */
    public PoisonGuard(ProcessorSupplier<byte[], byte[], K, V> guarded, Suspects suspects) {
        this.guarded = guarded;
        this.suspects = suspects;
    }

    @Override
    public Processor<byte[], byte[], K, V> get() {
        return new Guarded(guarded.get());
    }

    @Override
    @SuppressWarnings("NullAway") // Kafka's interface is not annotated; a node without stores answers null
    public @Nullable Set<StoreBuilder<?>> stores() {
        return guarded.stores();
    }

    private final class Guarded implements Processor<byte[], byte[], K, V> {
        private final Processor<byte[], byte[], K, V> inner;
        private @Nullable ProcessorContext<K, V> context;

        private Guarded(Processor<byte[], byte[], K, V> inner) {
            this.inner = inner;
        }

        @Override
        public void init(ProcessorContext<K, V> newContext) {
            context = newContext;
            inner.init(newContext);
        }

        @Override
        public void process(Record<byte[], byte[]> message) {
            SourceCoordinates at = at();
            if (suspects.condemned(at).isPresent()) {
                LOG.error("The record at {} is skipped: the thread failed at it twice", at);
                return;
            }
            try {
                inner.process(message);
            } catch (RuntimeException | StackOverflowError e) {
                suspects.blame(at, e);
                throw e;
            }
        }

        private SourceCoordinates at() {
            if (context == null) {
                throw new IllegalStateException("a record came before init");
            }
            return context.recordMetadata()
                    .map(at -> new SourceCoordinates(at.topic(), at.partition(), at.offset()))
                    .orElseThrow(() -> new IllegalStateException("a record without coordinates"));
        }

        @Override
        public void close() {
            inner.close();
        }
    }
}
