package dev.weir.avro;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.event.Blob;
import dev.weir.event.EventHeader;
import dev.weir.event.GrokResponse;
import dev.weir.event.Reason;
import dev.weir.event.RequestReading;
import dev.weir.event.RequestReading.Accepted;
import dev.weir.event.RequestReading.Rejected;
import dev.weir.event.RequestReading.Unavailable;
import dev.weir.event.ResponseCodec;
import dev.weir.event.SourceCoordinates;
import dev.weir.schema.GrokRequest;
import dev.weir.schema.Message;
import dev.weir.schema.Role;
import java.net.ConnectException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.Test;

/** Serializers of others. */
final class PluggedTest {
    private static final SourceCoordinates SOURCE = new SourceCoordinates("grok.requests", 0, 4);
    private static final String BODY = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

    @Test
    void shouldReadWhateverADeserializerMakes() {
        for (Object made : List.of(BODY, new StringBuilder(BODY), BODY.getBytes(UTF_8), request())) {
            assertThat(read(() -> made)).as("%s", made.getClass()).isInstanceOf(Accepted.class);
        }
    }

    @Test
    void shouldReadARecordWithConvertedLogicalTypes() {
        Schema schema = GrokRequest.getClassSchema();
        GenericData.Record generic = new GenericData.Record(schema);
        GrokRequest own = request();
        schema.getFields().forEach(field -> generic.put(field.pos(), own.get(field.pos())));
        generic.put("deadline", Instant.parse("2026-11-21T10:15:00Z"));
        generic.put(
                "priority",
                new GenericData.EnumSymbol(schema.getField("priority").schema(), "low"));
        Schema messageSchema = schema.getField("messages").schema().getElementType();
        GenericData.Record message = new GenericData.Record(messageSchema);
        message.put(
                "role",
                new GenericData.EnumSymbol(messageSchema.getField("role").schema(), "user"));
        message.put("content", "hi");
        generic.put("messages", List.of(message));

        assertThat(read(() -> generic))
                .isInstanceOfSatisfying(
                        Accepted.class,
                        accepted -> assertThat(accepted.request().deadline())
                                .isEqualTo(Instant.parse("2026-11-21T10:15:00Z")));
    }

    @Test
    void shouldGiveTheDeserializerTopicAndHeaders() {
        List<String> given = new ArrayList<>();
        Deserializer<String> deserializer = new Deserializer<>() {
            @Override
            public String deserialize(String topic, byte[] data) {
                throw new AssertionError("without headers");
            }

            @Override
            public String deserialize(String topic, Headers headers, byte[] data) {
                given.add(topic);
                headers.forEach(header -> given.add(header.key()));
                return new String(data, UTF_8);
            }
        };

        new PluggedReader(deserializer, ResponseCodec::write)
                .read(Blob.utf8(BODY), List.of(EventHeader.text("a", "1"), new EventHeader("b", null)), SOURCE);

        assertThat(given).containsExactly("grok.requests", "a", "b");
    }

    @Test
    void shouldWaitForWhatTheNetworkRefused() {
        for (RuntimeException failure : List.of(
                new SerializationException("cannot fetch", new ConnectException("refused")),
                new TimeoutException("registry"))) {
            assertThat(read(() -> {
                        throw failure;
                    }))
                    .isInstanceOf(Unavailable.class);
        }
    }

    @Test
    void shouldRejectWhatTheDeserializerRefuses() {
        assertUndecodable(
                read(() -> {
                    throw new SerializationException("unknown magic byte", new java.io.EOFException());
                }),
                "unknown magic byte");
        assertUndecodable(read(() -> 7), "java.lang.Integer");
        assertUndecodable(read(() -> null), "made nothing");
        Schema other = new Schema.Parser()
                .parse(
                        "{\"type\":\"record\",\"name\":\"GrokRequest\",\"namespace\":\"dev.weir.schema\",\"fields\":[]}");
        assertUndecodable(read(() -> new GenericData.Record(other)), "cannot be read as GrokRequest");
    }

    @Test
    void shouldGiveTheSerializerTheRecordOrTheText() {
        GrokResponse response = ResponseAvroTest.draw(new Random(5));
        List<Object> given = new ArrayList<>();
        new PluggedWriter((topic, value) -> note(given, topic, value), "grok.responses", true).apply(response);
        new PluggedWriter((topic, value) -> note(given, topic, value), "grok.responses", false).apply(response);

        assertThat(given)
                .containsExactly(
                        "grok.responses",
                        ResponseAvro.of(response),
                        "grok.responses",
                        new String(ResponseCodec.write(response), UTF_8));
        assertThatThrownBy(() -> new PluggedWriter((topic, value) -> null, "t", true).apply(response))
                .hasMessageContaining("value.serializer made nothing of response");
    }

    private static byte[] note(List<Object> given, String topic, Object value) {
        given.add(topic);
        given.add(value);
        return new byte[1];
    }

    private static RequestReading read(Supplier<Object> made) {
        Deserializer<Object> deserializer = (topic, data) -> made.get();
        return new PluggedReader(deserializer, ResponseCodec::write).read(Blob.utf8("x"), List.of(), SOURCE);
    }

    private static void assertUndecodable(RequestReading reading, String words) {
        assertThat(reading).isInstanceOfSatisfying(Rejected.class, rejected -> {
            assertThat(rejected.reason()).isEqualTo(Reason.UNDECODABLE);
            assertThat(rejected.message()).contains(words);
        });
    }

    private static GrokRequest request() {
        return GrokRequest.newBuilder()
                .setModel("m")
                .setMetadata(Map.of())
                .setMessages(List.of(
                        Message.newBuilder().setRole(Role.user).setContent("hi").build()))
                .build();
    }
}
