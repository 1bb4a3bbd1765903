package dev.weir.avro;

import dev.weir.registry.Framing;
import dev.weir.registry.RegisteredSchema;
import dev.weir.registry.RegistryAnswer;
import dev.weir.registry.RegistryAnswer.Found;
import dev.weir.registry.RegistryAnswer.Refused;
import dev.weir.registry.RegistryAnswer.Unavailable;
import dev.weir.registry.SchemaRegistry;
import java.util.Locale;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.specific.SpecificRecord;

/** Writes records of one schema, framed with the id that the registry gave it. Threading: any thread. */
final class FramedWriter {
    private final int id;
    private final Schema schema;
    private final boolean own;

    private FramedWriter(int id, Schema schema, Schema own) {
        this.id = id;
        this.schema = schema;
        this.own = schema.equals(own);
    }

    /**
     * Asks the registry, blocking.
     *
     * @param own the schema of the records
     * @throws IllegalStateException says what the registry answered and what to do
     */
    static FramedWriter connect(SchemaRegistry registry, String subject, Registration registration, Schema own) {
        String register = "register " + file(own) + " there, or set ";
        return switch (registration) {
            case REGISTER ->
                new FramedWriter(
                        found(
                                registry.register(subject, own.toString()),
                                subject,
                                own,
                                "delete the incompatible version, or set use.latest.version=true"),
                        own,
                        own);
            case LOOK_UP ->
                new FramedWriter(
                        found(
                                registry.lookup(subject, own.toString()),
                                subject,
                                own,
                                register + "auto.register.schemas=true"),
                        own,
                        own);
            case LATEST ->
                latest(
                        subject,
                        found(registry.latest(subject), subject, own, register + "use.latest.version=false"),
                        own);
        };
    }

    private static String file(Schema own) {
        return "schemas/" + own.getName() + ".avsc";
    }

    private static String kind(Schema own) {
        return own.getName().replace("Grok", "").toLowerCase(Locale.ROOT);
    }

    private static FramedWriter latest(String subject, RegisteredSchema latest, Schema own) {
        Schema schema;
        try {
            schema = new Schema.Parser().parse(latest.text());
        } catch (AvroRuntimeException e) {
            throw new IllegalStateException("the newest schema of subject " + subject + " is no Avro schema", e);
        }
        var pair = SchemaCompatibility.checkReaderWriterCompatibility(schema, own);
        if (pair.getType() != SchemaCompatibilityType.COMPATIBLE) {
            throw new IllegalStateException("the newest schema of subject " + subject
                    + " cannot say what a " + kind(own) + " says: "
                    + pair.getResult().getIncompatibilities().get(0).getMessage()
                    + "; register a version of " + file(own) + ", or set use.latest.version=false");
        }
        return new FramedWriter(latest.id(), schema, own);
    }

    private static <T> T found(RegistryAnswer<T> answer, String subject, Schema own, String cure) {
        if (answer instanceof Found<T> found) {
            return found.value();
        }
        if (answer instanceof Refused<T> refused) {
            throw new IllegalStateException("no id for the " + kind(own) + " schema under subject " + subject + ": "
                    + refused.message() + "; " + cure);
        }
        throw new IllegalStateException("no id for the " + kind(own) + " schema under subject " + subject + ": "
                + ((Unavailable<T>) answer).message() + "; check schema.registry.url and its credentials");
    }

    /** The framed value of a record of our schema. */
    byte[] write(SpecificRecord message) {
        return Framing.frame(id, own ? AvroBytes.encode(message) : AvroBytes.convert(message, schema));
    }
}
