package dev.weir.avro;

import dev.weir.registry.RegisteredSchema;
import dev.weir.registry.RegistryAnswer;
import dev.weir.registry.RegistryAnswer.Found;
import dev.weir.registry.RegistryAnswer.Refused;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/** What a registered schema may be the writer's of: nothing is read whose schema does not fit. Pure. */
final class Writers {
    private Writers() {}

    /**
     * What reads the values of a registered schema, refused if they cannot be read as the reader's.
     *
     * @param reader our own schema
     * @param inAvro from the schema of a writer that fits
     * @param inJson for values of a JSON Schema
     */
    static <T> RegistryAnswer<T> of(RegisteredSchema schema, Schema reader, Function<Schema, T> inAvro, T inJson) {
        return switch (schema.type()) {
            case "AVRO" -> avro(schema, reader, inAvro);
            case "JSON" -> new Found<>(inJson);
            default -> refused("the schema is of type " + schema.type() + "; use AVRO, or JSON");
        };
    }

    private static <T> RegistryAnswer<T> avro(RegisteredSchema schema, Schema reader, Function<Schema, T> inAvro) {
        if (schema.hasReferences()) {
            return refused("the schema refers to other subjects; register it in one piece");
        }
        try {
            return avro(new Schema.Parser().parse(schema.text()), reader, inAvro);
        } catch (RuntimeException | StackOverflowError e) {
            // Avro finds some faults only when a schema is used, and answers them with exceptions of all kinds.
            return refused("the schema is no Avro schema that this version reads; register a valid one");
        }
    }

    /** What reads the values of that schema, refused if they cannot be read as the reader's. */
    static <T> RegistryAnswer<T> avro(Schema writer, Schema reader, Function<Schema, T> inAvro) {
        var result = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getResult();
        if (result.getCompatibility() != SchemaCompatibilityType.COMPATIBLE) {
            var first = result.getIncompatibilities().get(0);
            return refused("the schema " + writer.getFullName() + " cannot be read as " + reader.getName() + ": "
                    + first.getType() + " at " + first.getLocation() + " (" + first.getMessage()
                    + "); write with a version of schemas/" + reader.getName() + ".avsc");
        }
        return new Found<>(inAvro.apply(writer));
    }

    private static <T> RegistryAnswer<T> refused(String message) {
        return new Refused<>(0, 0, message);
    }
}
