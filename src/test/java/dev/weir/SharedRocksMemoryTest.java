package dev.weir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.FlushOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

final class SharedRocksMemoryTest {
    private static final long BYTES = 16L << 20;

    @TempDir
    Path folder;

    @Test
    void shouldBeOneForAllStoresAndOutliveEach() throws RocksDBException {
        RocksDB.loadLibrary();
        try (Options one = options("one");
                Options other = options("other");
                RocksDB first = RocksDB.open(one, folder.resolve("one").toString())) {
            assertThat(one.writeBufferManager()).isSameAs(other.writeBufferManager());
            try (RocksDB second = RocksDB.open(other, folder.resolve("other").toString())) {
                long before = first.getLongProperty("rocksdb.block-cache-usage");
                fill(second);

                assertThat(first.getLongProperty("rocksdb.block-cache-usage"))
                        .as("what the second reads")
                        .isGreaterThan(before)
                        .isEqualTo(second.getLongProperty("rocksdb.block-cache-usage"));
                assertThat(first.getLongProperty("rocksdb.block-cache-capacity"))
                        .isEqualTo(BYTES);
            }
            new SharedRocksMemory().close("other", other);
            fill(first);
            assertThat(first.get("key-7".getBytes(UTF_8))).hasSize(1_000);
        }
    }

    private static void fill(RocksDB store) throws RocksDBException {
        for (int i = 0; i < 500; i++) {
            store.put(("key-" + i).getBytes(UTF_8), new byte[1_000]);
        }
        try (FlushOptions flush = new FlushOptions()) {
            store.flush(flush);
        }
        assertThat(store.get("key-7".getBytes(UTF_8))).isNotNull();
    }

    private static Options options(String store) {
        Options options = new Options().setCreateIfMissing(true).setTableFormatConfig(new BlockBasedTableConfig());
        new SharedRocksMemory().setConfig(store, options, Map.of(SharedRocksMemory.BYTES, BYTES));
        return options;
    }
}
