package dev.weir.dispatch;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import dev.weir.event.Blob;
import dev.weir.event.EventHeader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ledger's bytes: entries as CBOR arrays, to which later versions may append, and payloads as length-prefixed
 * fields, so that a large value is copied once.
 */
final class EntryCodec {
    private static final int ABSENT = -1;
    private static final ObjectMapper CBOR = JsonMapper.builder(new CBORFactory())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .withConfigOverride(
                    Entry.class,
                    config -> config.setFormat(JsonFormat.Value.forShape(JsonFormat.Shape.ARRAY))
                            .setVisibility(JsonAutoDetect.Value.defaultVisibility()))
            .withConfigOverride(
                    Progress.class, config -> config.setFormat(JsonFormat.Value.forShape(JsonFormat.Shape.ARRAY)))
            .build();

    private EntryCodec() {}

    static byte[] encode(Entry entry) {
        try {
            return CBOR.writeValueAsBytes(entry);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot encode the ledger entry of " + entry.id(), e);
        }
    }

    static Entry decodeEntry(byte[] bytes) {
        try {
            return CBOR.readValue(bytes, Entry.class);
        } catch (IOException e) {
            throw new IllegalStateException("the ledger holds an entry that cannot be read", e);
        }
    }

    static byte[] encode(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    static long decodeLong(byte[] bytes) {
        return ByteBuffer.wrap(bytes).getLong();
    }

    static byte[] encode(Payload payload) {
        long size = Payload.size(payload.key(), payload.value(), payload.headers());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) Math.min(Integer.MAX_VALUE / 2, size));
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            write(out, payload.key());
            write(out, payload.value());
            out.writeInt(payload.headers().size());
            for (EventHeader header : payload.headers()) {
                write(out, Blob.utf8(header.name()));
                write(out, header.value());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static Payload decodePayload(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            Blob key = read(in);
            Blob value = read(in);
            int count = in.readInt();
            List<EventHeader> headers = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                Blob name = read(in);
                headers.add(new EventHeader(name == null ? "" : name.text(), read(in)));
            }
            return new Payload(key, value == null ? Blob.EMPTY : value, headers);
        } catch (IOException e) {
            throw new IllegalStateException("the ledger holds a payload that cannot be read", e);
        }
    }

    private static void write(DataOutputStream out, @Nullable Blob blob) throws IOException {
        if (blob == null) {
            out.writeInt(ABSENT);
            return;
        }
        out.writeInt(blob.size());
        out.write(blob.bytes());
    }

    private static @Nullable Blob read(DataInputStream in) throws IOException {
        int size = in.readInt();
        return size == ABSENT ? null : Blob.of(in.readNBytes(size));
    }
}
