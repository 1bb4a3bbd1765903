package dev.weir.avro;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.control.ControlCodec;
import dev.weir.control.ControlFormat;
import dev.weir.registry.Framing;
import dev.weir.registry.RegisteredSchema;
import dev.weir.registry.RegistryAnswer;
import dev.weir.registry.RegistryAnswer.Found;
import dev.weir.registry.RegistryAnswer.Refused;
import dev.weir.registry.RegistryAnswer.Unavailable;
import dev.weir.registry.SchemaRef;
import dev.weir.registry.Schemas;
import dev.weir.schema.GrokControl;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Commands in JSON, and in Avro with the registry's framing: an Avro command is the JSON command with its fields, so
 * both are read by the same rules. Threading: any thread; never waits.
 */
public final class AvroControl implements ControlFormat, AutoCloseable {
    private final Schemas<CommandDecoder> decoders;

    /** From values of one registered schema to the command in JSON. */
    @FunctionalInterface
    private interface CommandDecoder {
        byte[] json(byte[] value, int start) throws NotARequest;
    }

    /**
     * A format over a registry.
     *
     * @param registry asks for a schema and may block; called on a thread of its own
     * @param nanoTime a clock such as {@code System::nanoTime}
     */
    public AvroControl(Function<SchemaRef, RegistryAnswer<RegisteredSchema>> registry, LongSupplier nanoTime) {
        this.decoders = new Schemas<>(ref -> decoder(registry.apply(ref)), nanoTime);
    }

    private static RegistryAnswer<CommandDecoder> decoder(RegistryAnswer<RegisteredSchema> schema) {
        return schema instanceof Found<RegisteredSchema> found
                ? Writers.of(found.value(), GrokControl.getClassSchema(), AvroControl::inAvro, AvroControl::behindFrame)
                : schema.map(unused -> {
                    throw new IllegalStateException("a schema that was not found has no value");
                });
    }

    private static CommandDecoder inAvro(Schema writer) {
        return (value, start) -> json(AvroBytes.decode(value, start, writer, GrokControl.class));
    }

    private static byte[] behindFrame(byte[] value, int start) {
        return Arrays.copyOfRange(value, start, value.length);
    }

    private static byte[] json(GrokControl command) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("command", command.getCommand().name());
        put(json, "id", command.getId());
        put(json, "note", command.getNote());
        put(json, "scope", command.getScope());
        return json.toString().getBytes(UTF_8);
    }

    private static void put(ObjectNode json, String field, @Nullable String value) {
        if (value != null) {
            json.put(field, value);
        }
    }

    @Override
    public Reading read(byte @Nullable [] value, byte @Nullable [] schemaHeader) {
        Optional<Framing.Frame> frame = value == null ? Optional.empty() : Framing.read(value, schemaHeader);
        return value == null || frame.isEmpty() ? ControlCodec.read(value) : read(value, frame.get());
    }

    private Reading read(byte[] value, Framing.Frame frame) {
        RegistryAnswer<CommandDecoder> answer = decoders.find(frame.schema());
        if (answer instanceof Refused<CommandDecoder> refused) {
            return new Reading.Unreadable(frame.schema() + ": " + refused.message());
        }
        if (answer instanceof Unavailable<CommandDecoder> unavailable) {
            return new Reading.Unavailable(unavailable.message());
        }
        try {
            return ControlCodec.read(((Found<CommandDecoder>) answer).value().json(value, frame.start()));
        } catch (NotARequest e) {
            return new Reading.Unreadable(String.valueOf(e.getMessage()));
        }
    }

    /** Why the registry could not answer when it was asked last; empty if it could, or was not asked. */
    public Optional<String> failure() {
        return decoders.failure();
    }

    @Override
    public void close() {
        decoders.close();
    }
}
