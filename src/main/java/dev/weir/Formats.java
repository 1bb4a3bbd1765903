package dev.weir;

import dev.weir.avro.AvroControl;
import dev.weir.avro.AvroFormat;
import dev.weir.avro.PluggedReader;
import dev.weir.avro.PluggedWriter;
import dev.weir.avro.ResponseWriter;
import dev.weir.config.FormatConfig;
import dev.weir.config.WeirConfig;
import dev.weir.event.CloudEvents;
import dev.weir.event.EventFormat;
import dev.weir.event.GrokResponse;
import dev.weir.event.ResponseCodec;
import dev.weir.registry.SchemaRegistry;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** From configuration to the format of events, with what it holds open. */
final class Formats implements AutoCloseable {
    private final FormatConfig settings;
    private final RegistryParts parts;
    private final String responses;
    private final EventFormat format;
    private @Nullable AvroFormat avro;
    private @Nullable Deserializer<?> deserializer;
    private @Nullable Serializer<?> serializer;

    private Formats(WeirConfig config, String responses) {
        this.settings = config.format();
        this.parts = new RegistryParts(config.format());
        this.responses = responses;
        this.format = new CloudEvents(
                create(),
                new CloudEvents.Settings(
                        config.format().cloudEventSource(), config.format().cloudEventType(), contentType()));
    }

    /**
     * Makes the format; for responses in Avro the registry must answer.
     *
     * @param responses the responses topic
     */
    static Formats open(WeirConfig config, String responses) {
        return new Formats(config, responses);
    }

    /** The format of commands; only JSON where no schema registry is used. */
    static Optional<AvroControl> commands(WeirConfig config) {
        FormatConfig settings = config.format();
        boolean framed = !settings.name().equals("json")
                || settings.deserializer().isPresent()
                || settings.serializer().isPresent();
        return framed && !settings.registry().urls().isEmpty()
                ? Optional.of(new AvroControl(new RegistryParts(settings).client()::find, System::nanoTime))
                : Optional.empty();
    }

    EventFormat format() {
        return format;
    }

    /** Why the registry cannot answer now; empty if it could, or is not used. */
    Optional<String> failure() {
        return avro == null ? Optional.empty() : avro.failure();
    }

    /** The media type of responses; what a serializer of others writes is not known. */
    private @Nullable String contentType() {
        if (settings.serializer().isPresent()) {
            return null;
        }
        return settings.name().equals("avro") ? "application/avro" : "application/json";
    }

    private EventFormat create() {
        boolean json = settings.name().equals("json");
        if (settings.deserializer().isPresent()) {
            Deserializer<?> reader =
                    RegistryParts.instance(settings.deserializer().get(), Deserializer.class, "value.deserializer");
            reader.configure(parts.pluggedSettings(), false);
            deserializer = reader;
            return new PluggedReader(reader, writer());
        }
        if (json && settings.serializer().isEmpty()) {
            return EventFormat.json();
        }
        if (json) {
            return new PluggedReader(new ByteArrayDeserializer(), writer());
        }
        SchemaRegistry client = parts.client();
        AvroFormat own = new AvroFormat(client::find, settings.name().equals("auto"), writer(), System::nanoTime);
        avro = own;
        return own;
    }

    private Function<GrokResponse, byte[]> writer() {
        boolean inAvro = settings.name().equals("avro");
        if (settings.serializer().isPresent()) {
            @SuppressWarnings("unchecked")
            Serializer<Object> writer =
                    RegistryParts.instance(settings.serializer().get(), Serializer.class, "value.serializer");
            writer.configure(parts.pluggedSettings(), false);
            serializer = writer;
            return new PluggedWriter(writer, responses, inAvro);
        }
        return inAvro
                ? ResponseWriter.connect(
                        parts.client(), parts.subject(responses, ResponseWriter.recordName()), parts.registration())
                : ResponseCodec::write;
    }

    @Override
    public void close() {
        if (avro != null) {
            avro.close();
        }
        if (deserializer != null) {
            deserializer.close();
        }
        if (serializer != null) {
            serializer.close();
        }
    }
}
