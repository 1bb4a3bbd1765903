package dev.weir.avro;

import dev.weir.event.Blob;
import dev.weir.event.EventHeader;
import dev.weir.event.EventTranslator;
import dev.weir.event.EventTranslator.Translation.Translated;
import dev.weir.event.EventTranslator.Translation.Untranslatable;
import dev.weir.event.RequestReader;
import dev.weir.event.RequestReading.Accepted;
import dev.weir.event.RequestReading.Rejected;
import dev.weir.event.ResponseCodec;
import dev.weir.event.SourceCoordinates;
import dev.weir.registry.Framing;
import dev.weir.registry.RegisteredSchema;
import dev.weir.registry.RegistryAnswer;
import dev.weir.registry.RegistryAnswer.Found;
import dev.weir.registry.RegistryAnswer.Refused;
import dev.weir.registry.RegistryAnswer.Unavailable;
import dev.weir.registry.SchemaRef;
import dev.weir.schema.GrokRequest;
import dev.weir.schema.GrokResponse;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.avro.Schema;

/**
 * Events in Avro with the registry's framing, to and from JSON. What the registry answers is remembered for good, so a
 * long listing asks it once for each schema. Threading: one thread.
 */
public final class AvroTranslator implements EventTranslator {
    /** The id of a request that brings none, while it is converted. */
    private static final SourceCoordinates NOWHERE = new SourceCoordinates("to be published", 0, 0);

    private final Function<SchemaRef, RegistryAnswer<RegisteredSchema>> registry;
    private final boolean readsPlainJson;
    private final UnaryOperator<Blob> publisher;
    private final Map<SchemaRef, RegistryAnswer<RegisteredSchema>> schemas = new HashMap<>();
    private final Map<SchemaRef, RegistryAnswer<Decoder>> decoders = new HashMap<>();

    /**
     * A translator over a registry.
     *
     * @param registry asks for a schema and may block
     * @param readsPlainJson whether values without a frame are requests in JSON, else they are none
     * @param publisher from the JSON of a request to its value
     */
    public AvroTranslator(
            Function<SchemaRef, RegistryAnswer<RegisteredSchema>> registry,
            boolean readsPlainJson,
            UnaryOperator<Blob> publisher) {
        this.registry = registry;
        this.readsPlainJson = readsPlainJson;
        this.publisher = publisher;
    }

    @Override
    public Translation request(Blob value, List<EventHeader> headers) {
        Optional<Framing.Frame> found = Framing.read(value.bytes(), AvroFormat.schemaHeader(headers));
        if (found.isEmpty()) {
            return readsPlainJson ? new Translated(value) : new Untranslatable(AvroFormat.NO_FRAME);
        }
        Framing.Frame frame = found.get();
        RegistryAnswer<Decoder> answer =
                decoders.computeIfAbsent(frame.schema(), ref -> AvroFormat.decoder(schema(ref)));
        if (!(answer instanceof Found<Decoder> decoder)) {
            return new Untranslatable(frame.schema() + ": " + why(answer));
        }
        try {
            return new Translated(decoder.value().envelope(value.bytes(), frame.start()));
        } catch (NotARequest e) {
            return new Untranslatable(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Blob publish(Blob json) {
        return publisher.apply(json);
    }

    /** A publisher in Avro; what is no request is refused with an IllegalArgumentException. */
    public static UnaryOperator<Blob> inAvro(Function<GrokRequest, byte[]> writer) {
        return json -> Blob.of(writer.apply(avro(json)));
    }

    private static GrokRequest avro(Blob json) {
        if (RequestReader.read(json, List.of(), NOWHERE) instanceof Accepted accepted) {
            GrokRequest request = RequestAvro.of(accepted.request());
            if (accepted.id().equals(NOWHERE.toString())) {
                request.setId(null);
            }
            return request;
        }
        Rejected rejected = (Rejected) RequestReader.read(json, List.of(), NOWHERE);
        throw new IllegalArgumentException("the request cannot be written in Avro: " + rejected.message());
    }

    @Override
    public byte[] response(byte[] value) {
        Optional<Framing.Frame> frame = Framing.read(value, null);
        return frame.isEmpty() ? value : response(value, frame.get());
    }

    private byte[] response(byte[] value, Framing.Frame frame) {
        RegistryAnswer<RegisteredSchema> answer = schema(frame.schema());
        if (!(answer instanceof Found<RegisteredSchema> schema)) {
            throw new IllegalStateException("a response cannot be read: " + frame.schema() + ": " + why(answer)
                    + "; check schema.registry.url and its credentials");
        }
        if (schema.value().type().equals("JSON")) {
            return Arrays.copyOfRange(value, frame.start(), value.length);
        }
        try {
            Schema written = new Schema.Parser().parse(schema.value().text());
            GrokResponse response = AvroBytes.decode(value, frame.start(), written, GrokResponse.class);
            return ResponseCodec.write(ResponseAvro.event(response));
        } catch (NotARequest | RuntimeException e) {
            // No response of ours, or of a version that knows more: whoever reads the bytes will say so.
            return value;
        }
    }

    private RegistryAnswer<RegisteredSchema> schema(SchemaRef ref) {
        return schemas.computeIfAbsent(ref, registry);
    }

    private static String why(RegistryAnswer<?> answer) {
        return answer instanceof Refused<?> refused ? refused.message() : ((Unavailable<?>) answer).message();
    }
}
