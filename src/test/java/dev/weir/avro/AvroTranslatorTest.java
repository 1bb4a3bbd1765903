package dev.weir.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.event.Blob;
import dev.weir.event.EventHeader;
import dev.weir.event.EventTranslator.Translation.Translated;
import dev.weir.event.EventTranslator.Translation.Untranslatable;
import dev.weir.event.GrokResponse;
import dev.weir.event.Reason;
import dev.weir.event.RequestReader;
import dev.weir.event.RequestReading;
import dev.weir.event.RequestReading.Accepted;
import dev.weir.event.RequestReading.Rejected;
import dev.weir.event.ResponseCodec;
import dev.weir.event.SourceCoordinates;
import dev.weir.registry.Framing;
import dev.weir.registry.RegisteredSchema;
import dev.weir.registry.RegistryAnswer;
import dev.weir.registry.SchemaRef;
import dev.weir.schema.GrokRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

final class AvroTranslatorTest {
    private static final SourceCoordinates SOURCE = new SourceCoordinates("grok.requests", 0, 4);
    private static final int REQUEST = 1;
    private static final int RESPONSE = 2;
    private static final Blob BODY =
            Blob.utf8("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");

    private final Map<Integer, RegistryAnswer<RegisteredSchema>> registry = new HashMap<>();
    private final List<SchemaRef> asked = new ArrayList<>();
    private final UnaryOperator<Blob> inAvro =
            AvroTranslator.inAvro(request -> Framing.frame(REQUEST, AvroBytes.encode(request)));
    private final AvroTranslator events = new AvroTranslator(this::find, false, inAvro);

    AvroTranslatorTest() {
        register(REQUEST, "AVRO", GrokRequest.getClassSchema().toString());
        register(RESPONSE, "AVRO", dev.weir.schema.GrokResponse.getClassSchema().toString());
    }

    @Test
    void shouldPublishWhatTheGatewayReadsAsTheSameRequest() throws Exception {
        for (long seed = 0; seed < 200; seed++) {
            ObjectNode envelope = RequestAvro.JSON.createObjectNode();
            if (seed % 2 == 0) {
                envelope.put("id", "id-" + seed);
            }
            envelope.put("priority", "high");
            envelope.set("body", new Bodies(new Random(seed)).draw());
            Blob json = Blob.of(RequestAvro.JSON.writeValueAsBytes(envelope));

            Blob published = events.publish(json);

            assertThat(published.bytes()[0]).isZero();
            RequestReading read = events.requests().read(published, List.of(), SOURCE);
            assertThat(read).as("seed %s", seed).isInstanceOf(Accepted.class);
            assertThat(read.id())
                    .as("seed %s", seed)
                    .isEqualTo(RequestReader.read(json, List.of(), SOURCE).id());
        }
        assertThat(asked).as("once for all").hasSize(1);
    }

    @Test
    void shouldRefuseToPublishWhatIsNoRequest() {
        assertThatThrownBy(() -> events.publish(Blob.utf8("{\"model\":\"m\"}")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the request cannot be written in Avro: ");
    }

    @Test
    void shouldTurnResponsesIntoTheJsonThatTheyWouldHaveBeen() {
        for (long seed = 0; seed < 200; seed++) {
            GrokResponse response = ResponseAvroTest.draw(new Random(seed));
            byte[] json = ResponseCodec.write(response);

            assertThat(events.response(Framing.frame(RESPONSE, AvroBytes.encode(ResponseAvro.of(response)))))
                    .as("seed %s", seed)
                    .isEqualTo(json);
            assertThat(events.response(json)).as("JSON as it is").isSameAs(json);
        }
    }

    @Test
    void shouldReadResponsesOfAPluggedJsonSerializer() {
        register(7, "JSON", "{}");

        assertThat(events.response(Framing.frame(7, new byte[] {'{', '}'}))).isEqualTo(new byte[] {'{', '}'});
    }

    @Test
    void shouldLeaveAResponseThatItsSchemaDoesNotFit() {
        byte[] torn = Framing.frame(RESPONSE, new byte[] {2});

        assertThat(events.response(torn)).isSameAs(torn);
    }

    @Test
    void shouldSayWhyResponsesCannotBeRead() {
        registry.put(9, new RegistryAnswer.Unavailable<>("the registry is down"));

        assertThatThrownBy(() -> events.response(Framing.frame(9, new byte[1])))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the registry is down")
                .hasMessageContaining("check schema.registry.url");
    }

    @Test
    void shouldSayWhyARequestCannotBeRead() {
        Blob unknown = Blob.of(Framing.frame(404, new byte[1]));
        Blob torn = Blob.of(Framing.frame(REQUEST, new byte[] {2}));

        assertThat(untranslatable(unknown)).contains("404");
        assertThat(untranslatable(torn)).startsWith("the Avro value ends early");
        assertThat(untranslatable(BODY)).startsWith("the value names no schema");
        Rejected rejected =
                (Rejected) events.requests().read(unknown, List.of(EventHeader.text("weir-tenant", "shop")), SOURCE);
        assertThat(rejected.reason()).isEqualTo(Reason.UNDECODABLE);
        assertThat(rejected.tenant()).isEqualTo("shop");
        assertThat(events.requests().read(null, List.of(), SOURCE))
                .isInstanceOfSatisfying(
                        Rejected.class, empty -> assertThat(empty.reason()).isEqualTo(Reason.EMPTY_EVENT));
    }

    @Test
    void shouldTakeJsonWhereTheGatewayReadsRecordByRecord() {
        AvroTranslator auto = new AvroTranslator(this::find, true, UnaryOperator.identity());

        assertThat(auto.request(BODY, List.of())).isEqualTo(new Translated(BODY));
        assertThat(auto.publish(BODY)).isSameAs(BODY);
        assertThat(auto.request(events.publish(BODY), List.of())).isInstanceOf(Translated.class);
    }

    private String untranslatable(Blob value) {
        return ((Untranslatable) events.request(value, List.of())).why();
    }

    private void register(int id, String type, String text) {
        registry.put(id, new RegistryAnswer.Found<>(new RegisteredSchema(id, type, text, false)));
    }

    private RegistryAnswer<RegisteredSchema> find(SchemaRef ref) {
        asked.add(ref);
        return registry.getOrDefault(
                ((SchemaRef.ById) ref).id(), new RegistryAnswer.Refused<>(404, 40403, "the registry answered 404"));
    }
}
