package dev.weir.permit;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import dev.weir.event.Blob;
import java.io.IOException;
import java.util.Optional;

/** Permit messages as CBOR. Unknown fields are ignored, so that versions can be mixed during a rolling upgrade. */
public final class PermitCodec {
    private static final ObjectMapper CBOR = JsonMapper.builder(new CBORFactory())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addModule(blobs())
            .build();

    private PermitCodec() {}

    /** Blobs as bytes. */
    private static SimpleModule blobs() {
        return new SimpleModule()
                .addSerializer(Blob.class, new StdSerializer<>(Blob.class) {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public void serialize(Blob value, JsonGenerator json, SerializerProvider provider)
                            throws IOException {
                        json.writeBinary(value.bytes());
                    }
                })
                .addDeserializer(Blob.class, new StdDeserializer<>(Blob.class) {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public Blob deserialize(JsonParser json, DeserializationContext context) throws IOException {
                        return Blob.of(json.getBinaryValue());
                    }
                });
    }

    /** The bytes of a message to admission. */
    public static byte[] encode(AskMessage message) {
        return write(message, AskMessage.class);
    }

    /** The bytes of a message to dispatch. */
    public static byte[] encode(InboxMessage message) {
        return write(message, InboxMessage.class);
    }

    /** The message, or empty when the bytes are none (a stray producer may write to internal topics). */
    public static Optional<AskMessage> decodeAsk(byte[] bytes) {
        return read(bytes, AskMessage.class).filter(MessageCheck::isSound);
    }

    /** The message, or empty when the bytes are none (a stray producer may write to internal topics). */
    public static Optional<InboxMessage> decodeInbox(byte[] bytes) {
        return read(bytes, InboxMessage.class).filter(MessageCheck::isSound);
    }

    private static byte[] write(Object message, Class<?> type) {
        try {
            return CBOR.writerFor(type).writeValueAsBytes(message);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "cannot encode " + message.getClass().getSimpleName(), e);
        }
    }

    private static <T> Optional<T> read(byte[] bytes, Class<T> type) {
        try {
            return Optional.ofNullable(CBOR.readValue(bytes, type));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
