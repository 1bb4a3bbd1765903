package dev.weir;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.WriteBufferManager;

/**
 * Gives all RocksDB stores of the process one memory, whose size does not grow with the number of partitions: a block
 * cache, in which indexes, filters and write buffers count too. It lives as long as the process. Public with a public
 * constructor because Kafka Streams creates one for each store. Threading: any.
 */
public final class SharedRocksMemory implements RocksDBConfigSetter {
    /** The setting that carries the size of the memory, in bytes. */
    static final String BYTES = "weir.state.memory.bytes";

    /** Write buffers take half of the memory at most. */
    private static final int WRITE_BUFFER_SHARE = 2;

    /** Small, so that the buffers of a dozen stores that rest do not fill that half. */
    private static final long WRITE_BUFFER_BYTES = 4L << 20;

    /** What a write buffer takes at once; an empty one takes it too. */
    private static final long ARENA_BLOCK_BYTES = 64L << 10;

    /** Indexes and filters leave the cache last; so much of it is kept for them. */
    private static final double INDEX_SHARE = 0.1;

    private static final int SHARDS_BY_SIZE = -1;

    /** By size, of which a process has one. */
    private static final Map<Long, Memory> MEMORIES = new ConcurrentHashMap<>();

    private record Memory(Cache blocks, WriteBufferManager buffers) {
        private static Memory of(long bytes) {
            Cache blocks = new LRUCache(bytes, SHARDS_BY_SIZE, false, INDEX_SHARE);
            return new Memory(blocks, new WriteBufferManager(bytes / WRITE_BUFFER_SHARE, blocks));
        }
    }

    /** For Kafka Streams. */
    public SharedRocksMemory() {}

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        Number bytes = (Number) Objects.requireNonNull(configs.get(BYTES), BYTES);
        Memory memory = MEMORIES.computeIfAbsent(bytes.longValue(), Memory::of);
        if (options.tableFormatConfig() instanceof BlockBasedTableConfig table) {
            table.setBlockCache(memory.blocks());
            table.setCacheIndexAndFilterBlocks(true);
            table.setCacheIndexAndFilterBlocksWithHighPriority(true);
            table.setPinTopLevelIndexAndFilter(true);
            options.setTableFormatConfig(table);
        }
        options.setWriteBufferManager(memory.buffers());
        options.setWriteBufferSize(WRITE_BUFFER_BYTES);
        options.setArenaBlockSize(ARENA_BLOCK_BYTES);
    }

    /** What is shared outlives the store. */
    @Override
    public void close(String storeName, Options options) {}
}
