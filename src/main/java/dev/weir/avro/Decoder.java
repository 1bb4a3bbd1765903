package dev.weir.avro;

import dev.weir.event.Blob;
import dev.weir.registry.RegisteredSchema;
import dev.weir.registry.RegistryAnswer;
import dev.weir.registry.RegistryAnswer.Found;
import dev.weir.registry.RegistryAnswer.Refused;
import dev.weir.schema.GrokRequest;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/** From values of one registered schema to the envelope as JSON. Threading: any thread. */
sealed interface Decoder {
    private static RegistryAnswer<Decoder> refused(String message) {
        return new Refused<>(0, 0, message);
    }

    /** The envelope of the value whose own bytes begin there. */
    Blob envelope(byte[] value, int start) throws NotARequest;

    /** What stands beside the body, of a value of which {@link #envelope} could tell no more. */
    default Blob besideBody(byte[] value, int start) {
        return Blob.utf8("{}");
    }

    /** The decoder of a schema, refused if no request can be written with it. */
    static RegistryAnswer<Decoder> of(RegisteredSchema schema) {
        return switch (schema.type()) {
            case "AVRO" -> avro(schema);
            case "JSON" -> new Found<>(new Json());
            default -> refused("the schema is of type " + schema.type() + "; use AVRO, or JSON");
        };
    }

    private static RegistryAnswer<Decoder> avro(RegisteredSchema schema) {
        if (schema.hasReferences()) {
            return refused("the schema refers to other subjects; register it in one piece");
        }
        try {
            return avro(new Schema.Parser().parse(schema.text()));
        } catch (RuntimeException | StackOverflowError e) {
            // Avro finds some faults only when a schema is used, and answers them with exceptions of all kinds.
            return refused("the schema is no Avro schema that this version reads; register a valid one");
        }
    }

    /** The decoder of what that schema writes. */
    static RegistryAnswer<Decoder> avro(Schema writer) {
        var result = SchemaCompatibility.checkReaderWriterCompatibility(GrokRequest.getClassSchema(), writer)
                .getResult();
        if (result.getCompatibility() != SchemaCompatibilityType.COMPATIBLE) {
            var first = result.getIncompatibilities().get(0);
            return refused("the schema " + writer.getFullName() + " cannot be read as GrokRequest: "
                    + first.getType() + " at " + first.getLocation() + " (" + first.getMessage()
                    + "); write with a version of schemas/GrokRequest.avsc");
        }
        return new Found<>(new Avro(writer));
    }

    /**
     * Values in Avro.
     *
     * @param writer what they are written with
     */
    record Avro(Schema writer) implements Decoder {
        @Override
        public Blob envelope(byte[] value, int start) throws NotARequest {
            return RequestJson.envelope(AvroBytes.decode(value, start, writer, GrokRequest.class));
        }

        @Override
        public Blob besideBody(byte[] value, int start) {
            try {
                return RequestJson.withoutBody(AvroBytes.decode(value, start, writer, GrokRequest.class));
            } catch (NotARequest e) {
                return Decoder.super.besideBody(value, start);
            }
        }
    }

    /** Values in JSON behind the frame, as serializers with JSON Schema write them. */
    record Json() implements Decoder {
        @Override
        public Blob envelope(byte[] value, int start) {
            return Blob.of(Arrays.copyOfRange(value, start, value.length));
        }
    }
}
