package dev.weir.avro;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.Conversions;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;

/** Records to and from Avro's binary encoding, without framing. */
final class AvroBytes {
    /** Records of others may hold instants and decimals in place of numbers and bytes. */
    private static final GenericData LOGICAL = logical();

    private AvroBytes() {}

    private static GenericData logical() {
        GenericData model = new GenericData();
        model.addLogicalTypeConversion(new TimeConversions.TimestampMillisConversion());
        model.addLogicalTypeConversion(new Conversions.DecimalConversion());
        return model;
    }

    /** The record in its own schema. */
    static byte[] encode(IndexedRecord message) {
        GenericData model = message instanceof SpecificRecord ? SpecificData.getForClass(message.getClass()) : LOGICAL;
        return write(message, model);
    }

    /**
     * The record, resolved from the writer's schema to the class's own.
     *
     * @throws NotARequest if the bytes do not hold exactly one record of the writer's schema
     */
    static <T extends SpecificRecord> T decode(byte[] bytes, int from, Schema writer, Class<T> type)
            throws NotARequest {
        SpecificData model = SpecificData.getForClass(type);
        BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes, from, bytes.length - from, null);
        try {
            T message = new SpecificDatumReader<T>(writer, model.getSchema(type), model).read(null, decoder);
            if (!decoder.isEnd()) {
                throw new NotARequest("the value goes on behind the Avro record; frame one record per Kafka record");
            }
            return message;
        } catch (IOException | RuntimeException e) {
            // Avro answers malformed bytes with whatever exception they lead to; its message may quote them.
            throw new NotARequest("the Avro value ends early or does not follow its schema ("
                    + e.getClass().getSimpleName() + "); write it with the schema that its id names");
        }
    }

    /** The record as another schema that can read it says it. */
    static byte[] convert(IndexedRecord message, Schema target) {
        byte[] own = encode(message);
        try {
            GenericDatumReader<IndexedRecord> reader = new GenericDatumReader<>(message.getSchema(), target);
            return write(reader.read(null, DecoderFactory.get().binaryDecoder(own, null)), GenericData.get());
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory failed", e);
        }
    }

    private static byte[] write(IndexedRecord message, GenericData model) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        try {
            GenericDatumWriter<IndexedRecord> writer = message instanceof SpecificRecord
                    ? new org.apache.avro.specific.SpecificDatumWriter<>(message.getSchema(), (SpecificData) model)
                    : new GenericDatumWriter<>(message.getSchema(), model);
            writer.write(message, encoder);
            encoder.flush();
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
    }
}
