package dev.weir.avro;

import dev.weir.event.GrokResponse;
import dev.weir.registry.Framing;
import dev.weir.registry.RegisteredSchema;
import dev.weir.registry.RegistryAnswer;
import dev.weir.registry.RegistryAnswer.Found;
import dev.weir.registry.RegistryAnswer.Refused;
import dev.weir.registry.RegistryAnswer.Unavailable;
import dev.weir.registry.SchemaRegistry;
import java.util.function.Function;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/**
 * Writes responses in Avro, framed with the id that the registry gave their schema; the id is asked for once, at the
 * start, so that a registry that goes down later does not matter. Threading: any thread.
 */
public final class ResponseWriter implements Function<GrokResponse, byte[]> {
    private static final Schema OWN = dev.weir.schema.GrokResponse.getClassSchema();

    private final int id;
    private final Schema schema;
    private final boolean own;

    private ResponseWriter(int id, Schema schema) {
        this.id = id;
        this.schema = schema;
        this.own = schema.equals(OWN);
    }

    /** How the id of the response schema is found. */
    public enum Registration {
        /** The schema is registered if the subject does not have it. */
        REGISTER,
        /** The subject must have the schema. */
        LOOK_UP,
        /** The subject's newest schema is written, whatever it is, if ours can be read by it. */
        LATEST
    }

    /** The name of the record, with its namespace. */
    public static String recordName() {
        return OWN.getFullName();
    }

    /**
     * Asks the registry, blocking.
     *
     * @throws IllegalStateException says what the registry answered and what to do
     */
    public static ResponseWriter connect(SchemaRegistry registry, String subject, Registration registration) {
        return switch (registration) {
            case REGISTER ->
                new ResponseWriter(
                        found(
                                registry.register(subject, OWN.toString()),
                                subject,
                                "delete the incompatible version, or set use.latest.version=true"),
                        OWN);
            case LOOK_UP ->
                new ResponseWriter(
                        found(
                                registry.lookup(subject, OWN.toString()),
                                subject,
                                "register schemas/GrokResponse.avsc there, or set auto.register.schemas=true"),
                        OWN);
            case LATEST ->
                latest(
                        subject,
                        found(
                                registry.latest(subject),
                                subject,
                                "register schemas/GrokResponse.avsc there, or set use.latest.version=false"));
        };
    }

    private static ResponseWriter latest(String subject, RegisteredSchema latest) {
        Schema schema;
        try {
            schema = new Schema.Parser().parse(latest.text());
        } catch (AvroRuntimeException e) {
            throw new IllegalStateException("the newest schema of subject " + subject + " is no Avro schema", e);
        }
        var pair = SchemaCompatibility.checkReaderWriterCompatibility(schema, OWN);
        if (pair.getType() != SchemaCompatibilityType.COMPATIBLE) {
            throw new IllegalStateException("the newest schema of subject " + subject
                    + " cannot say what a response says: "
                    + pair.getResult().getIncompatibilities().get(0).getMessage()
                    + "; register a version of schemas/GrokResponse.avsc, or set use.latest.version=false");
        }
        return new ResponseWriter(latest.id(), schema);
    }

    private static <T> T found(RegistryAnswer<T> answer, String subject, String cure) {
        if (answer instanceof Found<T> found) {
            return found.value();
        }
        if (answer instanceof Refused<T> refused) {
            throw new IllegalStateException(
                    "no id for the response schema under subject " + subject + ": " + refused.message() + "; " + cure);
        }
        throw new IllegalStateException("no id for the response schema under subject " + subject + ": "
                + ((Unavailable<T>) answer).message() + "; check schema.registry.url and its credentials");
    }

    @Override
    public byte[] apply(GrokResponse response) {
        dev.weir.schema.GrokResponse message = ResponseAvro.of(response);
        return Framing.frame(id, own ? AvroBytes.encode(message) : AvroBytes.convert(message, schema));
    }
}
