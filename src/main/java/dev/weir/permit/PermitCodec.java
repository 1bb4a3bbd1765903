package dev.weir.permit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import dev.weir.event.Blob;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Permit messages as CBOR, any number of them one behind the other in a record. Unknown fields are ignored, so that
 * versions can be mixed during a rolling upgrade.
 */
public final class PermitCodec {
    private static final ObjectMapper CBOR = JsonMapper.builder(new CBORFactory())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
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

    /** The messages of a record to admission. */
    public static Decoded<AskMessage> decodeAsks(byte @Nullable [] bytes) {
        return read(bytes, AskMessage.class, MessageCheck::isSound);
    }

    /** The messages of a record to dispatch. */
    public static Decoded<InboxMessage> decodeInbox(byte @Nullable [] bytes) {
        return read(bytes, InboxMessage.class, MessageCheck::isSound);
    }

    private static byte[] write(Object message, Class<?> type) {
        try {
            return CBOR.writerFor(type).writeValueAsBytes(message);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "cannot encode " + message.getClass().getSimpleName(), e);
        }
    }

    private static <T> Decoded<T> read(byte @Nullable [] bytes, Class<T> type, Predicate<T> isSound) {
        List<T> messages = new ArrayList<>();
        boolean unreadable = bytes == null || bytes.length == 0;
        if (!unreadable) {
            try (JsonParser parser = CBOR.createParser(bytes)) {
                ObjectReader reader = CBOR.readerFor(type);
                while (parser.nextToken() != null) {
                    T message = reader.readValue(parser);
                    if (message != null && isSound.test(message)) {
                        messages.add(message);
                    } else {
                        unreadable = true;
                    }
                }
            } catch (IOException e) {
                unreadable = true;
            }
        }
        return new Decoded<>(messages, unreadable);
    }
}
