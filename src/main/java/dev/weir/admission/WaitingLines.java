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
 * The heads of the scopes' lines, read from the store beside the running task. Their order is about that of release:
 * each tenant's requests by priority and age, the tenants in turns by their weights, as if all requests cost the same
 * and no tenant was ahead. Threading: safe for any thread; a reading takes about a second for a million permits and
 * disturbs nobody.
 */
public final class WaitingLines {
    private static final byte PERMIT = 3;
    private static final int LEASE_KEY_SIZE = Integer.BYTES + Long.BYTES + Integer.BYTES;
    private static final Comparator<Waiting> ORDER =
            Comparator.comparingLong(Waiting::rank).thenComparingLong(Waiting::arrival);
    private static final Comparator<Turn> TURNS =
            Comparator.comparingDouble(Turn::at).thenComparing(Turn::waiting, ORDER);

    private final AdmissionSettings settings;
    private final int most;

    private record Waiting(LeaseKey key, long rank, long arrival) {}

    private record Turn(double at, Waiting waiting) {}

    /** Reads at most so many of each scope. */
    public WaitingLines(AdmissionSettings settings, int most) {
        this.settings = settings;
        this.most = most;
    }

    /** The first of each scope that has any waiting, as {@code partition-offset} of their requests. */
    public Map<String, List<String>> read(ReadOnlyKeyValueStore<Bytes, byte[]> store) {
        Map<String, Map<String, PriorityQueue<Waiting>>> scopes = new HashMap<>();
        Bytes from = Bytes.wrap(new byte[] {PERMIT});
        Bytes to = Bytes.wrap(new byte[] {PERMIT + 1});
        try (KeyValueIterator<Bytes, byte[]> permits = store.range(from, to)) {
            permits.forEachRemaining(permit -> consider(scopes, permit));
        }
        Map<String, List<String>> lines = new HashMap<>();
        scopes.forEach((scope, tenants) -> lines.put(scope, inTurns(tenants)));
        return lines;
    }

    private void consider(Map<String, Map<String, PriorityQueue<Waiting>>> scopes, KeyValue<Bytes, byte[]> permit) {
        ByteBuffer key = ByteBuffer.wrap(permit.key.get());
        if (key.get() != PERMIT || !(PermitEntryCodec.decodePermit(permit.value).state() instanceof Queued queued)) {
            return;
        }
        byte[] name = new byte[key.remaining() - LEASE_KEY_SIZE];
        key.get(name);
        LeaseKey lease = new LeaseKey(key.getInt(), key.getLong(), key.getInt());
        long rank = settings.rank(queued.priority(), 1_000 * queued.receivedAtMillis());
        PriorityQueue<Waiting> lastFirst = scopes.computeIfAbsent(new String(name, UTF_8), unused -> new HashMap<>())
                .computeIfAbsent(queued.demand().tenant(), unused -> new PriorityQueue<>(ORDER.reversed()));
        lastFirst.add(new Waiting(lease, rank, queued.arrival()));
        if (lastFirst.size() > most) {
            lastFirst.remove();
        }
    }

    /** A tenant of weight w has w turns while one of weight 1 has one. */
    private List<String> inTurns(Map<String, PriorityQueue<Waiting>> tenants) {
        List<Turn> turns = new ArrayList<>();
        tenants.forEach((tenant, lastFirst) -> {
            List<Waiting> line = new ArrayList<>(lastFirst);
            line.sort(ORDER);
            double weight = Math.max(1, settings.tenantWeight().applyAsInt(tenant));
            for (int i = 0; i < line.size(); i++) {
                turns.add(new Turn((i + 1) / weight, line.get(i)));
            }
        });
        return turns.stream()
                .sorted(TURNS)
                .limit(most)
                .map(turn -> turn.waiting().key().request())
                .toList();
    }
}
