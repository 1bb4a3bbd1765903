package dev.weir.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.event.Blob;
import dev.weir.event.EventHeader;
import dev.weir.event.Priority;
import dev.weir.event.Reason;
import dev.weir.event.RequestReading;
import dev.weir.event.RequestReading.Accepted;
import dev.weir.event.RequestReading.Rejected;
import dev.weir.event.RequestReading.Unavailable;
import dev.weir.event.ResponseCodec;
import dev.weir.event.SourceCoordinates;
import dev.weir.registry.Framing;
import dev.weir.registry.RegisteredSchema;
import dev.weir.registry.RegistryAnswer;
import dev.weir.registry.SchemaRef;
import dev.weir.schema.GrokRequest;
import dev.weir.schema.Message;
import dev.weir.schema.Role;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AvroFormatTest {
    private static final SourceCoordinates SOURCE = new SourceCoordinates("grok.requests", 0, 4);
    private static final int OURS = 1;

    private final Map<Integer, RegisteredSchema> registered = new HashMap<>();
    private volatile boolean down;
    private final AvroFormat format = new AvroFormat(this::ask, true, ResponseCodec::write, System::nanoTime);

    private RegistryAnswer<RegisteredSchema> ask(SchemaRef ref) {
        if (down) {
            return new RegistryAnswer.Unavailable<>("the registry is down");
        }
        return Optional.ofNullable(registered.get(((SchemaRef.ById) ref).id()))
                .<RegistryAnswer<RegisteredSchema>>map(RegistryAnswer.Found::new)
                .orElseGet(() -> new RegistryAnswer.Refused<>(404, 40403, "the registry answered 404"));
    }

    AvroFormatTest() {
        register(OURS, GrokRequest.getClassSchema().toString());
    }

    @AfterEach
    void close() {
        format.close();
    }

    @Test
    void shouldReadEachRecordInItsOwnForm() {
        Accepted avro = (Accepted) settled(framed(OURS, request()));
        Accepted json = (Accepted) format.read(
                Blob.utf8("{\"model\":\"grok-4.5\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"),
                List.of(),
                SOURCE);

        assertThat(avro.request().priority()).isEqualTo(Priority.LOW);
        assertThat(avro.request().id()).isEqualTo("my-id");
        assertThat(avro.request().body().text()).isEqualTo(json.request().body().text());
    }

    @Test
    void shouldReadTheIdFromTheHeader() {
        EventHeader header = new EventHeader(Framing.VALUE_SCHEMA_HEADER, Blob.of(new byte[] {0, 0, 0, 0, OURS}));

        RequestReading reading = settled(Blob.of(AvroBytes.encode(request())), header);

        assertThat(reading).isInstanceOf(Accepted.class);
    }

    @Test
    void shouldReadJsonBehindTheFrame() {
        registered.put(9, new RegisteredSchema(9, "JSON", "{}", false));
        Blob value = Blob.of(Framing.frame(
                9,
                Blob.utf8("{\"model\":\"m\",\"messages\":[{\"role\":\"user\"}]}")
                        .bytes()));

        assertThat(settled(value)).isInstanceOf(Accepted.class);
    }

    @Test
    void shouldWaitWhileTheRegistryIsDownAndReadOn() {
        down = true;
        Blob value = framed(OURS, request());
        await().until(() -> format.read(value, List.of(), SOURCE) instanceof Unavailable unavailable
                && unavailable.message().equals("the registry is down"));
        assertThat(format.failure()).contains("the registry is down");

        down = false;
        assertThat(settled(value)).isInstanceOf(Accepted.class);

        down = true;
        assertThat(format.read(value, List.of(), SOURCE)).isInstanceOf(Accepted.class);
        assertThat(format.failure()).isEmpty();
    }

    @Test
    void shouldTellTheIdOfAHeaderWhileItWaits() {
        down = true;

        RequestReading reading =
                format.read(framed(OURS, request()), List.of(EventHeader.text("weir-id", "known")), SOURCE);

        assertThat(reading).isInstanceOf(Unavailable.class);
        assertThat(reading.id()).isEqualTo("known");
    }

    @Test
    void shouldRejectAnIdThatTheRegistryDoesNotKnow() {
        assertUndecodable(settled(framed(77, request())), "schema id 77: the registry answered 404");
    }

    @Test
    void shouldRejectASchemaThatCannotBeReadAsARequest() {
        register(5, "{\"type\":\"record\",\"name\":\"GrokRequest\",\"namespace\":\"dev.weir.schema\",\"fields\":[]}");
        assertUndecodable(settled(framed(5, request())), "cannot be read as GrokRequest");

        register(6, "\"no such type\"");
        assertUndecodable(settled(framed(6, request())), "is no Avro schema");

        registered.put(8, new RegisteredSchema(8, "PROTOBUF", "message A {}", false));
        assertUndecodable(settled(framed(8, request())), "PROTOBUF");
    }

    @Test
    void shouldRejectATruncatedValue() {
        byte[] whole = framed(OURS, request()).bytes();

        assertUndecodable(settled(Blob.of(Arrays.copyOf(whole, whole.length - 3))), "ends early");
    }

    @Test
    void shouldTellWhatStandsBesideABodyThatCannotBeRead() {
        GrokRequest request = request();
        request.setExtra("[]");

        Rejected rejected = (Rejected) settled(framed(OURS, request));

        assertThat(rejected.id()).isEqualTo("my-id");
        assertThat(rejected.priority()).isEqualTo(Priority.LOW);
        assertThat(rejected.metadata()).isEqualTo(Map.of("k", "v"));
        assertUndecodable(rejected, "extra holds no JSON object");
    }

    @Test
    void shouldRefuseJsonWhereOnlyAvroIsTaken() {
        try (AvroFormat strict = new AvroFormat(this::ask, false, ResponseCodec::write, System::nanoTime)) {
            assertUndecodable(strict.read(Blob.utf8("{}"), List.of(), SOURCE), "set value.format=auto");
        }
    }

    @Test
    void shouldReadAVersionWithAFieldThatThisOneDoesNotKnow() {
        String text = GrokRequest.getClassSchema().toString();
        String later = text.substring(0, text.lastIndexOf("]}"))
                + ",{\"name\":\"added\",\"type\":\"string\",\"default\":\"x\"}]}";
        Schema schema = new Schema.Parser().parse(later);
        register(3, later);

        byte[] value = AvroBytes.convert(request(), schema);

        assertThat(settled(Blob.of(Framing.frame(3, value)))).isInstanceOf(Accepted.class);
    }

    private static void assertUndecodable(RequestReading reading, String words) {
        assertThat(reading).isInstanceOfSatisfying(Rejected.class, rejected -> {
            assertThat(rejected.reason()).isEqualTo(Reason.UNDECODABLE);
            assertThat(rejected.message()).contains(words);
        });
    }

    private RequestReading settled(Blob value, EventHeader... headers) {
        return await().atMost(Duration.ofMinutes(1))
                .until(
                        () -> format.read(value, List.of(headers), SOURCE),
                        reading -> !(reading instanceof Unavailable));
    }

    private void register(int id, String schema) {
        registered.put(id, new RegisteredSchema(id, "AVRO", schema, false));
    }

    private static Blob framed(int id, GrokRequest request) {
        return Blob.of(Framing.frame(id, AvroBytes.encode(request)));
    }

    private static GrokRequest request() {
        return GrokRequest.newBuilder()
                .setId("my-id")
                .setPriority(dev.weir.schema.Priority.low)
                .setMetadata(Map.of("k", "v"))
                .setModel("grok-4.5")
                .setMessages(List.of(
                        Message.newBuilder().setRole(Role.user).setContent("hi").build()))
                .build();
    }
}
