package dev.weir.dispatch;

import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * RocksDB as room for what does not fit into memory, not as something that outlives a task: it is empty whenever it is
 * opened and restored from the beginning of its changelog, which alone tells what is true. What a disk kept would be
 * wrong in two ways. A process that was away for longer than the changelog keeps deletions would take requests for open
 * that others have answered since. And without transactions a disk may hold what the brokers never got.
 */
final class ScratchStore implements KeyValueStore<Bytes, byte[]> {
    /** As the stores of Kafka Streams 4.3 themselves say it: from the beginning. */
    private static final Long OFFSET_UNKNOWN = -4L;

    private final KeyValueStore<Bytes, byte[]> disk;
    private @Nullable File folder;

    private ScratchStore(KeyValueStore<Bytes, byte[]> disk) {
        this.disk = disk;
    }

    /** Supplies such stores. */
    static KeyValueBytesStoreSupplier named(String name) {
        KeyValueBytesStoreSupplier disks = Stores.persistentKeyValueStore(name);
        return new KeyValueBytesStoreSupplier() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public KeyValueStore<Bytes, byte[]> get() {
                return new ScratchStore(disks.get());
            }

            @Override
            public String metricsScope() {
                return disks.metricsScope();
            }
        };
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        // All of the task's: it has no other store on disk.
        folder = new File(context.stateDir(), "rocksdb");
        clear();
        disk.init(context, root);
    }

    /** Closed a second time it leaves alone what a successor may have there by then. */
    @Override
    public void close() {
        disk.close();
        clear();
        folder = null;
    }

    private void clear() {
        File old = folder;
        if (old == null) {
            return;
        }
        try {
            Utils.delete(old);
        } catch (IOException e) {
            throw new ProcessorStateException("cannot empty " + old + "; delete it, nothing is lost", e);
        }
    }

    /** True all the same: only then Streams keeps the process id, by which a restart fences its own transactions. */
    @Override
    public boolean persistent() {
        return true;
    }

    @Override
    @SuppressWarnings("deprecation") // to be taken for granted by a later Kafka Streams
    public boolean managesOffsets() {
        return true;
    }

    /** What is on the disk is never gone on with; no offset at all would mean a crash, after which all starts over. */
    @Override
    public Long committedOffset(TopicPartition partition) {
        return OFFSET_UNKNOWN;
    }

    /** Needs no flush, for nobody will read it. */
    @Override
    public void commit(Map<TopicPartition, Long> changelogOffsets) {}

    @Override
    public String name() {
        return disk.name();
    }

    @Override
    public Position getPosition() {
        return disk.getPosition();
    }

    @Override
    public boolean isOpen() {
        return disk.isOpen();
    }

    @Override
    public void put(Bytes key, byte[] value) {
        disk.put(key, value);
    }

    @Override
    public byte[] putIfAbsent(Bytes key, byte[] value) {
        return disk.putIfAbsent(key, value);
    }

    @Override
    public void putAll(List<KeyValue<Bytes, byte[]>> entries) {
        disk.putAll(entries);
    }

    @Override
    public byte[] delete(Bytes key) {
        return disk.delete(key);
    }

    @Override
    public byte[] get(Bytes key) {
        return disk.get(key);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
        return disk.range(from, to);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> all() {
        return disk.all();
    }

    @Override
    public long approximateNumEntries() {
        return disk.approximateNumEntries();
    }
}
