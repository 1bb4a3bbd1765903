package dev.weir.avro;

import dev.weir.event.Blob;
import dev.weir.registry.RegisteredSchema;
import dev.weir.registry.RegistryAnswer;
import dev.weir.schema.GrokRequest;
import java.util.Arrays;
import org.apache.avro.Schema;

/** From values of one registered schema to the envelope as JSON. Threading: any thread. */
sealed interface Decoder {
    /** The envelope of the value whose own bytes begin there. */
    Blob envelope(byte[] value, int start) throws NotARequest;

    /** What stands beside the body, of a value of which {@link #envelope} could tell no more. */
    default Blob besideBody(byte[] value, int start) {
        return Blob.utf8("{}");
    }

    /** The decoder of a schema, refused if no request can be written with it. */
    static RegistryAnswer<Decoder> of(RegisteredSchema schema) {
        return Writers.of(schema, GrokRequest.getClassSchema(), Avro::new, new Json());
    }

    /** The decoder of what that schema writes. */
    static RegistryAnswer<Decoder> avro(Schema writer) {
        return Writers.avro(writer, GrokRequest.getClassSchema(), Avro::new);
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
