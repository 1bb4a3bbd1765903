package dev.weir.avro;

import dev.weir.event.GrokResponse;
import dev.weir.registry.SchemaRegistry;
import java.util.function.Function;
import org.apache.avro.Schema;

/**
 * Writes responses in Avro, framed with the id that the registry gave their schema; the id is asked for once, at the
 * start, so that a registry that goes down later does not matter. Threading: any thread.
 */
public final class ResponseWriter implements Function<GrokResponse, byte[]> {
    private static final Schema OWN = dev.weir.schema.GrokResponse.getClassSchema();

    private final FramedWriter writer;

    private ResponseWriter(FramedWriter writer) {
        this.writer = writer;
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
        return new ResponseWriter(FramedWriter.connect(registry, subject, registration, OWN));
    }

    @Override
    public byte[] apply(GrokResponse response) {
        return writer.write(ResponseAvro.of(response));
    }
}
