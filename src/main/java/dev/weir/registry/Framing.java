package dev.weir.registry;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Confluent's wire format: a magic byte and the schema's id before the value, or both in a header. Pure. */
public final class Framing {
    /** The header in which newer serializers carry the schema's id. */
    public static final String VALUE_SCHEMA_HEADER = "__value_schema_id";

    private static final byte BY_ID = 0;
    private static final byte BY_GUID = 1;
    private static final int ID_BYTES = 1 + Integer.BYTES;
    private static final int GUID_BYTES = 1 + 2 * Long.BYTES;

    private Framing() {}

    /**
     * A value's schema and where its own bytes begin.
     *
     * @param schema what it was written with
     * @param start the first byte behind the frame
     */
    public record Frame(SchemaRef schema, int start) {}

    /** The id before the value; the bytes are copied behind it. */
    public static byte[] frame(int id, byte[] value) {
        return ByteBuffer.allocate(ID_BYTES + value.length)
                .put(BY_ID)
                .putInt(id)
                .put(value)
                .array();
    }

    /**
     * The frame of a value.
     *
     * @param header the bytes of {@link #VALUE_SCHEMA_HEADER}, or null; stands before a frame in the value
     * @return empty if neither header nor value holds one
     */
    public static Optional<Frame> read(byte[] value, byte @Nullable [] header) {
        if (header != null) {
            Optional<SchemaRef> named = readHeader(header);
            if (named.isPresent()) {
                return Optional.of(new Frame(named.get(), 0));
            }
        }
        if (value.length < ID_BYTES || value[0] != BY_ID) {
            return Optional.empty();
        }
        int id = ByteBuffer.wrap(value, 1, Integer.BYTES).getInt();
        return Optional.of(new Frame(new SchemaRef.ById(id), ID_BYTES));
    }

    private static Optional<SchemaRef> readHeader(byte[] header) {
        ByteBuffer bytes = ByteBuffer.wrap(header);
        if (header.length == ID_BYTES && header[0] == BY_ID) {
            return Optional.of(new SchemaRef.ById(bytes.getInt(1)));
        }
        if (header.length == GUID_BYTES && header[0] == BY_GUID) {
            return Optional.of(new SchemaRef.ByGuid(new UUID(bytes.getLong(1), bytes.getLong(1 + Long.BYTES))));
        }
        return Optional.empty();
    }
}
