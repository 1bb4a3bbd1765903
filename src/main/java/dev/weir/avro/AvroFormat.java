package dev.weir.avro;

import dev.weir.event.Blob;
import dev.weir.event.EventFormat;
import dev.weir.event.EventHeader;
import dev.weir.event.GrokResponse;
import dev.weir.event.RequestReader;
import dev.weir.event.RequestReading;
import dev.weir.event.SourceCoordinates;
import dev.weir.registry.Framing;
import dev.weir.registry.RegisteredSchema;
import dev.weir.registry.RegistryAnswer;
import dev.weir.registry.RegistryAnswer.Found;
import dev.weir.registry.RegistryAnswer.Refused;
import dev.weir.registry.RegistryAnswer.Unavailable;
import dev.weir.registry.SchemaRef;
import dev.weir.registry.Schemas;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Events in Avro with the registry's framing. A value is read by the schema that it names, once that was fetched; until
 * then, and while the registry is down, the reading is unavailable. Threading: any thread; never waits.
 */
public final class AvroFormat implements EventFormat, AutoCloseable {
    static final String NO_FRAME =
            "the value names no schema: it begins with no magic byte 0 and id, and has no header "
                    + Framing.VALUE_SCHEMA_HEADER + "; write it with an Avro serializer, or set value.format=auto";

    private final Schemas<Decoder> decoders;
    private final boolean readsPlainJson;
    private final Function<GrokResponse, byte[]> writer;

    /**
     * A format over a registry.
     *
     * @param registry asks for a schema and may block; called on a thread of its own
     * @param readsPlainJson whether values without a frame are read as JSON, else they are refused
     * @param writer the values of responses
     * @param nanoTime a clock such as {@code System::nanoTime}
     */
    public AvroFormat(
            Function<SchemaRef, RegistryAnswer<RegisteredSchema>> registry,
            boolean readsPlainJson,
            Function<GrokResponse, byte[]> writer,
            LongSupplier nanoTime) {
        this.decoders = new Schemas<>(ref -> decoder(registry.apply(ref)), nanoTime);
        this.readsPlainJson = readsPlainJson;
        this.writer = writer;
    }

    static RegistryAnswer<Decoder> decoder(RegistryAnswer<RegisteredSchema> schema) {
        return schema instanceof Found<RegisteredSchema> found
                ? Decoder.of(found.value())
                : schema.map(unused -> {
                    throw new IllegalStateException("a schema that was not found has no value");
                });
    }

    @Override
    public RequestReading read(@Nullable Blob value, List<EventHeader> headers, SourceCoordinates source) {
        if (value == null || value.size() == 0) {
            return RequestReader.read(value, headers, source);
        }
        Optional<Framing.Frame> frame = Framing.read(value.bytes(), schemaHeader(headers));
        if (frame.isPresent()) {
            return read(value, frame.get(), headers, source);
        }
        return readsPlainJson
                ? RequestReader.read(value, headers, source)
                : Readings.undecodable(headers, source, NO_FRAME);
    }

    private RequestReading read(Blob value, Framing.Frame frame, List<EventHeader> headers, SourceCoordinates source) {
        RegistryAnswer<Decoder> answer = decoders.find(frame.schema());
        if (answer instanceof Found<Decoder> found) {
            return read(found.value(), value, frame.start(), headers, source);
        }
        if (answer instanceof Refused<Decoder> refused) {
            return Readings.undecodable(headers, source, frame.schema() + ": " + refused.message());
        }
        return Readings.unavailable(headers, source, ((Unavailable<Decoder>) answer).message());
    }

    private static RequestReading read(
            Decoder decoder, Blob value, int start, List<EventHeader> headers, SourceCoordinates source) {
        try {
            return RequestReader.read(decoder.envelope(value.bytes(), start), headers, source);
        } catch (NotARequest e) {
            Blob beside = decoder.besideBody(value.bytes(), start);
            return Readings.undecodable(beside, headers, source, String.valueOf(e.getMessage()));
        }
    }

    static byte @Nullable [] schemaHeader(List<EventHeader> headers) {
        byte[] last = null;
        for (EventHeader header : headers) {
            if (header.name().equals(Framing.VALUE_SCHEMA_HEADER) && header.value() != null) {
                last = header.value().bytes();
            }
        }
        return last;
    }

    @Override
    public byte[] write(GrokResponse response) {
        return writer.apply(response);
    }

    /** Why schemas cannot be fetched now; empty if the registry answered when it was asked last. */
    public Optional<String> failure() {
        return decoders.failure();
    }

    @Override
    public void close() {
        decoders.close();
    }
}
