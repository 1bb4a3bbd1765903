package dev.weir.admission;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.permit.LeaseKey;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The log in one changelogged store, so that its changelog keeps the order of all changes. What changes several times
 * before {@link #write} is written once, at the place of its first change: a log that ends in between holds a permit
 * too much rather than one too few. The first byte of a key tells what it is for. Threading: the task's stream thread.
 */
final class StoreLog implements PermitLog {
    private static final byte OWNER = 0;
    private static final byte ORIGIN = 1;
    private static final byte PAUSE = 2;
    private static final byte PERMIT = 3;
    private static final byte MEMORY = 4;
    /**
     * The times in the log are of the former owner's clock. So much may it be behind this one's without a slot being
     * freed too early; at most so long are slots held too long after a change of owner.
     */
    private static final long CLOCK_TOLERANCE_MILLIS = 500;
    /** Names hold no such character. */
    private static final char SEPARATOR = '\0';

    private static final int LEASE_KEY_SIZE = Integer.BYTES + Long.BYTES + Integer.BYTES;

    private final KeyValueStore<Bytes, byte[]> store;
    private final Map<Bytes, Optional<byte[]>> changes = new LinkedHashMap<>();

    StoreLog(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** Writes what has changed since the last time. */
    void write() {
        changes.forEach((key, value) -> store.put(key, value.orElse(null)));
        changes.clear();
    }

    @Override
    public void put(String scope, LeaseKey key, PermitEntry entry) {
        changes.put(permitKey(scope, key), Optional.of(PermitEntryCodec.encode(entry)));
    }

    @Override
    public void delete(String scope, LeaseKey key) {
        changes.put(permitKey(scope, key), Optional.empty());
    }

    @Override
    public void put(String scope, Pause pause) {
        changes.put(key(PAUSE, scope.getBytes(UTF_8)), Optional.of(PermitEntryCodec.encode(pause)));
    }

    @Override
    public void put(int origin, Origins.Mark mark) {
        changes.put(
                key(ORIGIN, ByteBuffer.allocate(Integer.BYTES).putInt(origin).array()),
                Optional.of(PermitEntryCodec.encode(mark)));
    }

    @Override
    public void remember(String scope, String what, long... numbers) {
        Bytes key = key(MEMORY, (scope + SEPARATOR + what).getBytes(UTF_8));
        if (numbers.length == 0) {
            changes.put(key, Optional.empty());
        } else {
            changes.put(key, Optional.of(PermitEntryCodec.encode(numbers)));
        }
    }

    void put(Owner owner) {
        changes.put(key(OWNER, new byte[0]), Optional.of(PermitEntryCodec.encode(owner)));
    }

    /**
     * Hands everything to an admission that is new; what is known of permits at times of the wall clock.
     *
     * @return the last owner
     */
    Owner restoreInto(Admission admission, long nowMillis) {
        byte[] stored = store.get(key(OWNER, new byte[0]));
        Owner owner = stored == null ? Owner.NONE : PermitEntryCodec.decodeOwner(stored);
        restoreInto(admission, owner.lateMillis(), nowMillis);
        return owner;
    }

    private void restoreInto(Admission admission, long lateMillis, long nowMillis) {
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> stored = all.next();
                byte[] value = stored.value;
                ByteBuffer key = ByteBuffer.wrap(stored.key.get());
                switch (key.get()) {
                    case OWNER -> {}
                    case ORIGIN -> admission.restore(key.getInt(), PermitEntryCodec.decodeMark(value));
                    case PAUSE ->
                        admission.restore(text(key, key.remaining()), PermitEntryCodec.decodePause(value), nowMillis);
                    case PERMIT -> restorePermit(admission, key, value, lateMillis, nowMillis);
                    case MEMORY -> restoreMemory(admission, text(key, key.remaining()), value, nowMillis);
                    default -> throw new IllegalStateException("the admission store holds an unknown key");
                }
            }
        }
        admission.restored();
    }

    private static void restorePermit(
            Admission admission, ByteBuffer key, byte[] value, long lateMillis, long nowMillis) {
        String scope = text(key, key.remaining() - LEASE_KEY_SIZE);
        LeaseKey lease = new LeaseKey(key.getInt(), key.getLong(), key.getInt());
        PermitEntry stored =
                PermitEntryCodec.decodePermit(value).onClockAhead(lateMillis).laterBy(CLOCK_TOLERANCE_MILLIS);
        admission.restore(scope, lease, stored, nowMillis);
    }

    private static void restoreMemory(Admission admission, String key, byte[] value, long nowMillis) {
        int separator = key.indexOf(SEPARATOR);
        long[] numbers = PermitEntryCodec.decodeNumbers(value);
        admission.restore(key.substring(0, separator), key.substring(separator + 1), numbers, nowMillis);
    }

    private static Bytes permitKey(String scope, LeaseKey key) {
        byte[] name = scope.getBytes(UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(1 + name.length + LEASE_KEY_SIZE)
                .put(PERMIT)
                .put(name)
                .putInt(key.origin())
                .putLong(key.offset())
                .putInt(key.tryNumber());
        return Bytes.wrap(bytes.array());
    }

    private static Bytes key(byte kind, byte[] rest) {
        return Bytes.wrap(
                ByteBuffer.allocate(1 + rest.length).put(kind).put(rest).array());
    }

    private static String text(ByteBuffer from, int length) {
        byte[] bytes = new byte[length];
        from.get(bytes);
        return new String(bytes, UTF_8);
    }
}
