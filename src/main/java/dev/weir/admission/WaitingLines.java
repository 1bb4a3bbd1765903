package dev.weir.admission;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.admission.PermitState.Queued;
import dev.weir.permit.LeaseKey;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * The heads of the scopes' lines, read from the store beside the running task, in the order of priority and age.
 * Threading: safe for any thread; a reading takes about a second for a million permits and disturbs nobody.
 */
public final class WaitingLines {
    private static final byte PERMIT = 3;
    private static final int LEASE_KEY_SIZE = Integer.BYTES + Long.BYTES + Integer.BYTES;
    private static final Comparator<Waiting> ORDER =
            Comparator.comparingLong(Waiting::rank).thenComparingLong(Waiting::arrival);

    private final AdmissionSettings settings;
    private final int most;

    private record Waiting(LeaseKey key, long rank, long arrival) {}

    /** Reads at most so many of each scope. */
    public WaitingLines(AdmissionSettings settings, int most) {
        this.settings = settings;
        this.most = most;
    }

    /** The first of each scope that has any waiting, as {@code partition-offset} of their requests. */
    public Map<String, List<String>> read(ReadOnlyKeyValueStore<Bytes, byte[]> store) {
        Map<String, PriorityQueue<Waiting>> lastFirst = new HashMap<>();
        Bytes from = Bytes.wrap(new byte[] {PERMIT});
        Bytes to = Bytes.wrap(new byte[] {PERMIT + 1});
        try (KeyValueIterator<Bytes, byte[]> permits = store.range(from, to)) {
            permits.forEachRemaining(permit -> consider(lastFirst, permit));
        }
        Map<String, List<String>> lines = new HashMap<>();
        lastFirst.forEach((scope, waiting) -> {
            List<Waiting> line = new ArrayList<>(waiting);
            line.sort(ORDER);
            lines.put(scope, line.stream().map(next -> next.key().request()).toList());
        });
        return lines;
    }

    private void consider(Map<String, PriorityQueue<Waiting>> lastFirst, KeyValue<Bytes, byte[]> permit) {
        ByteBuffer key = ByteBuffer.wrap(permit.key.get());
        if (key.get() != PERMIT || !(PermitEntryCodec.decodePermit(permit.value).state() instanceof Queued queued)) {
            return;
        }
        byte[] name = new byte[key.remaining() - LEASE_KEY_SIZE];
        key.get(name);
        LeaseKey lease = new LeaseKey(key.getInt(), key.getLong(), key.getInt());
        long rank = settings.rank(queued.priority(), 1_000 * queued.receivedAtMillis());
        PriorityQueue<Waiting> line =
                lastFirst.computeIfAbsent(new String(name, UTF_8), unused -> new PriorityQueue<>(ORDER.reversed()));
        line.add(new Waiting(lease, rank, queued.arrival()));
        if (line.size() > most) {
            line.remove();
        }
    }
}
