package dev.weir.avro;

import dev.weir.event.Blob;
import dev.weir.event.EventFormat;
import dev.weir.event.EventHeader;
import dev.weir.event.GrokResponse;
import dev.weir.event.RequestReader;
import dev.weir.event.RequestReading;
import dev.weir.event.SourceCoordinates;
import dev.weir.registry.RegistryAnswer;
import dev.weir.registry.RegistryAnswer.Found;
import dev.weir.registry.RegistryAnswer.Refused;
import java.util.List;
import java.util.function.Function;
import javax.net.ssl.SSLException;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads requests through a Kafka deserializer of others. It may make an Avro record of any compatible schema, a text or
 * bytes of JSON. Unlike our own format it may block, for as long as the deserializer does.
 *
 * <p>Threading: any thread, one at a time is let in, since deserializers need not be safe.
 */
public final class PluggedReader implements EventFormat {
    private final Deserializer<?> deserializer;
    private final Function<GrokResponse, byte[]> writer;

    /** Reads through the deserializer, which is configured already, and writes as it is told. */
    public PluggedReader(Deserializer<?> deserializer, Function<GrokResponse, byte[]> writer) {
        this.deserializer = deserializer;
        this.writer = writer;
    }

    @Override
    public RequestReading read(@Nullable Blob value, List<EventHeader> headers, SourceCoordinates source) {
        if (value == null || value.size() == 0) {
            return RequestReader.read(value, headers, source);
        }
        try {
            return RequestReader.read(envelope(deserialize(value, headers, source)), headers, source);
        } catch (NotARequest e) {
            return Readings.undecodable(headers, source, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            // Deserializers of others throw what they like; what the network caused passes, all else stays.
            String name = deserializer.getClass().getSimpleName();
            return isPassing(e)
                    ? Readings.unavailable(headers, source, name + " cannot read now: " + e.getMessage())
                    : Readings.undecodable(headers, source, name + " cannot read the value: " + e.getMessage());
        }
    }

    private @Nullable Object deserialize(Blob value, List<EventHeader> headers, SourceCoordinates source) {
        Headers kafkaHeaders = new RecordHeaders();
        for (EventHeader header : headers) {
            Blob bytes = header.value();
            kafkaHeaders.add(header.name(), bytes == null ? null : bytes.bytes());
        }
        synchronized (deserializer) {
            return deserializer.deserialize(source.topic(), kafkaHeaders, value.bytes());
        }
    }

    private static Blob envelope(@Nullable Object read) throws NotARequest {
        if (read instanceof IndexedRecord message) {
            RegistryAnswer<Decoder> decoder = Decoder.avro(message.getSchema());
            if (decoder instanceof Found<Decoder> found) {
                return found.value().envelope(AvroBytes.encode(message), 0);
            }
            throw new NotARequest(((Refused<Decoder>) decoder).message());
        }
        if (read instanceof byte[] bytes) {
            return Blob.of(bytes);
        }
        if (read instanceof CharSequence text) {
            return Blob.utf8(text.toString());
        }
        throw new NotARequest("value.deserializer made "
                + (read == null ? "nothing" : "a " + read.getClass().getName())
                + "; use one that makes an Avro record, a text or bytes");
    }

    /** Whether the network is the cause. */
    static boolean isPassing(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String type = cause.getClass().getName();
            if (cause instanceof RetriableException || cause instanceof SSLException || type.startsWith("java.net.")) {
                return true;
            }
        }
        return false;
    }

    @Override
    public byte[] write(GrokResponse response) {
        return writer.apply(response);
    }
}
