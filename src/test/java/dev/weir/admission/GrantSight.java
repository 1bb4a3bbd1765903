package dev.weir.admission;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.permit.LeaseKey;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A grant as the admission store keeps it: for tests that watch the store.
 *
 * @param scope its scope
 * @param lease what it is for
 * @param tokens reserved for it
 */
public record GrantSight(String scope, LeaseKey lease, long tokens) {
    private static final byte PERMIT = 3;
    private static final int LEASE_KEY_SIZE = Integer.BYTES + Long.BYTES + Integer.BYTES;

    /** What is written there, if it is a grant that is not known to have been used. */
    public static Optional<GrantSight> of(byte[] storeKey, byte[] value) {
        if (storeKey[0] != PERMIT
                || !(PermitEntryCodec.decodePermit(value).state() instanceof PermitState.Granted grant)) {
            return Optional.empty();
        }
        ByteBuffer key = ByteBuffer.wrap(storeKey);
        byte[] scope = new byte[storeKey.length - 1 - LEASE_KEY_SIZE];
        key.position(1).get(scope);
        LeaseKey lease = new LeaseKey(key.getInt(), key.getLong(), key.getInt());
        return Optional.of(new GrantSight(new String(scope, UTF_8), lease, grant.tokens()));
    }
}
