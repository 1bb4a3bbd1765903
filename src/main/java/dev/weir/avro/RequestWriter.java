package dev.weir.avro;

import dev.weir.registry.SchemaRegistry;
import dev.weir.schema.GrokRequest;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Writes requests in Avro, for tools that publish some; the registry is asked for the schema's id, blocking, at the
 * first. Threading: one thread.
 */
public final class RequestWriter implements Function<GrokRequest, byte[]> {
    private static final Schema OWN = GrokRequest.getClassSchema();

    private final SchemaRegistry registry;
    private final String subject;
    private final Registration registration;
    private @Nullable FramedWriter writer;

    /** A writer that has asked nothing yet. */
    public RequestWriter(SchemaRegistry registry, String subject, Registration registration) {
        this.registry = registry;
        this.subject = subject;
        this.registration = registration;
    }

    /** The name of the record, with its namespace. */
    public static String recordName() {
        return OWN.getFullName();
    }

    /**
     * The framed value.
     *
     * @throws IllegalStateException says what the registry answered and what to do
     */
    @Override
    public byte[] apply(GrokRequest request) {
        FramedWriter connected = writer;
        if (connected == null) {
            connected = FramedWriter.connect(registry, subject, registration, OWN);
            writer = connected;
        }
        return connected.write(request);
    }
}
