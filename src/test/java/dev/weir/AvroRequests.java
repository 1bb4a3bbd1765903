package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.schema.Command;
import dev.weir.schema.GrokControl;
import dev.weir.schema.GrokRequest;
import dev.weir.schema.Message;
import dev.weir.schema.Role;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;

/** Requests in Avro, of this version and of later ones, as a client would frame them. */
final class AvroRequests {
    private AvroRequests() {}

    static int register(RegistryProcess registry, String subject, String schema)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = post(registry, subject, schema);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new ObjectMapper().readTree(answer.body()).get("id").intValue();
    }

    /** What the registry answers when it is to register the schema. */
    static HttpResponse<String> post(RegistryProcess registry, String subject, String schema)
            throws IOException, InterruptedException {
        return registry.send(
                "POST",
                "/subjects/" + subject + "/versions",
                new ObjectMapper().writeValueAsString(Map.of("schema", schema)));
    }

    /** Publishes so many, with ids and keys of that name. */
    static void publish(World world, String name, int count, int schema) throws IOException {
        for (int i = 0; i < count; i++) {
            world.publish(name + "-" + i, framed(schema, encoded(request(name + "-" + i))));
        }
    }

    static GrokRequest request(String id) {
        return GrokRequest.newBuilder()
                .setId(id)
                .setModel("grok-4.5")
                .setMetadata(Map.of())
                .setMessages(List.of(Message.newBuilder()
                        .setRole(Role.user)
                        .setContent("the question of " + id)
                        .build()))
                .build();
    }

    /** Publishes a command that cancels what nobody asked. */
    static void cancel(World world, Serializer<Object> serializer) {
        GrokControl command = GrokControl.newBuilder()
                .setCommand(Command.cancel)
                .setId("nobody's")
                .build();
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(world.clients(), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                    world.topics.control(), serializer.serialize(world.topics.control(), command)));
        }
    }

    /** How many such commands the gateway has read. */
    static double cancels(Gateway gateway) {
        return gateway.meters()
                .get("weir.control.commands")
                .tag("command", "cancel")
                .counter()
                .count();
    }

    static String laterSchema() {
        String text = GrokRequest.getClassSchema().toString();
        return text.substring(0, text.lastIndexOf("]}"))
                + ",{\"name\":\"added\",\"type\":\"string\",\"default\":\"x\"}]}";
    }

    static byte[] later(int id) throws IOException {
        return later(id, laterSchema());
    }

    static byte[] later(int id, String schemaText) throws IOException {
        Schema schema = new Schema.Parser().parse(schemaText);
        Schema messageSchema = schema.getField("messages").schema().getElementType();
        GenericRecord message = new GenericRecordBuilder(messageSchema)
                .set(
                        "role",
                        new GenericData.EnumSymbol(
                                messageSchema.getField("role").schema(), "user"))
                .set("content", "asked in a later version")
                .build();
        return framed(
                id,
                encoded(new GenericRecordBuilder(schema)
                        .set("model", "grok-4.5")
                        .set("messages", List.of(message))
                        .build()));
    }

    static byte[] encoded(IndexedRecord message) throws IOException {
        var out = new ByteArrayOutputStream();
        var encoder = EncoderFactory.get().binaryEncoder(out, null);
        DatumWriter<IndexedRecord> writer = message instanceof GrokRequest
                ? new SpecificDatumWriter<>(message.getSchema())
                : new GenericDatumWriter<>(message.getSchema());
        writer.write(message, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    static byte[] framed(int id, byte[] value) {
        return ByteBuffer.allocate(5 + value.length)
                .put((byte) 0)
                .putInt(id)
                .put(value)
                .array();
    }
}
