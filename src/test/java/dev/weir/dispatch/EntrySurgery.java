package dev.weir.dispatch;

import java.nio.ByteBuffer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/** Changes ledger entries as a bug would: for tests that must find it. */
public final class EntrySurgery {
    private EntrySurgery() {}

    /** What is stored under that key, an entry due at once if it was put off; seen by who restores it. */
    public static byte[] withoutDueTime(byte[] key, byte[] stored) {
        long offset = key[0] == 'e' ? ByteBuffer.wrap(key, 1, Long.BYTES).getLong() : -1;
        if (offset < 0) {
            return stored;
        }
        KeyValueStore<Bytes, byte[]> store = Stored.inMemory();
        store.put(Bytes.wrap(key), stored);
        RequestStore requests = new RequestStore(store, stored.length);
        requests.rebuild((at, entry) -> {});
        Entry entry = requests.entry(offset);
        long since = entry.progress().sinceMillis();
        if (entry.status() instanceof Status.Retrying retrying) {
            requests.put(offset, entry.move(new Status.Retrying(0, retrying.cancelled()), since));
        } else if (entry.status() instanceof Status.Delayed) {
            requests.put(offset, entry.move(new Status.Delayed(0), since));
        }
        return store.get(Bytes.wrap(key));
    }
}
