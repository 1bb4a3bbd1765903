package dev.weir.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.event.Blob;
import dev.weir.event.GrokRequest;
import dev.weir.event.RequestReader;
import dev.weir.event.RequestReading.Accepted;
import dev.weir.event.SourceCoordinates;
import dev.weir.schema.ContentPart;
import dev.weir.schema.Message;
import dev.weir.schema.Priority;
import dev.weir.schema.Role;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RequestAvroTest {
    private static final SourceCoordinates SOURCE = new SourceCoordinates("grok.requests", 2, 7);
    private static final Comparator<JsonNode> BY_NUMBER = (a, b) -> {
        boolean same = a.isNumber() && b.isNumber() ? a.decimalValue().compareTo(b.decimalValue()) == 0 : a.equals(b);
        return same ? 0 : 1;
    };

    @Test
    void shouldBeTheSameRequestInAvroAndInJson() throws Exception {
        for (long seed = 0; seed < 500; seed++) {
            ObjectNode envelope = RequestAvro.JSON.createObjectNode();
            envelope.put("id", "id-" + seed);
            envelope.put("priority", seed % 2 == 0 ? "high" : "low");
            envelope.put("deadline", seed % 3 == 0 ? "2026-11-21T10:15:00.123Z" : null);
            envelope.put("tenant", seed % 3 == 1 ? "acme" : null);
            envelope.putObject("metadata").put("seed", Long.toString(seed));
            envelope.set("body", new Bodies(new Random(seed)).draw());
            GrokRequest original = read(Blob.of(RequestAvro.JSON.writeValueAsBytes(envelope)));

            byte[] avro = AvroBytes.encode(RequestAvro.of(original));
            GrokRequest back = read(RequestJson.envelope(AvroBytes.decode(
                    avro, 0, dev.weir.schema.GrokRequest.getClassSchema(), dev.weir.schema.GrokRequest.class)));

            JsonNode was = RequestAvro.JSON.readTree(original.body().bytes());
            JsonNode is = RequestAvro.JSON.readTree(back.body().bytes());
            assertThat(is.equals(BY_NUMBER, was))
                    .as("seed %s:%n%s%n%s", seed, was, is)
                    .isTrue();
            assertThat(withBody(back, original.body())).as("seed %s", seed).isEqualTo(original);
        }
    }

    @Test
    void shouldSayTheCommonInTypedFieldsAlone() throws IOException {
        dev.weir.schema.GrokRequest avro = RequestAvro.of(read(Blob.utf8("""
                {"model":"grok-4.5","temperature":0.7,"seed":5,"stop":["x"],"reasoning_effort":"low",
                 "messages":[{"role":"user","content":[{"type":"text","text":"hi"},
                   {"type":"image_url","image_url":{"url":"https://x.example/a.png","detail":"low"}}]},
                   {"role":"assistant","tool_calls":[{"id":"1","type":"function",
                     "function":{"name":"f","arguments":"{}"}}]}],
                 "tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object"}}}],
                 "response_format":{"type":"json_schema","json_schema":{"name":"n","schema":{},"strict":true}}}
                """)));

        assertThat(avro.getExtra()).isNull();
        assertThat(avro.getMessages())
                .allSatisfy(message -> assertThat(message.getExtra()).isNull());
        assertThat(avro.getTools().get(0).getParameters()).isEqualTo("{\"type\":\"object\"}");
        assertThat(avro.getTemperature()).isEqualTo(0.7);
        assertThat(avro.getResponseFormat().getStrict()).isTrue();
    }

    @Test
    void shouldRefuseAnExtraThatRepeatsATypedField() {
        assertRefused(request("{\"temperature\":1,\"model\":\"other\"}"), "extra repeats model");
        assertRefused(request("{\"a\":1,\"a\":2}"), "extra repeats a,");
    }

    @Test
    void shouldRefuseAnExtraThatIsNoObject() {
        assertRefused(request("[1]"), "extra holds no JSON object");
        assertRefused(request("{\"a\":"), "extra is not JSON at character");
        assertRefused(request("{} {}"), "extra holds more than one JSON value");
        assertRefused(request(""), "extra holds no JSON object");
    }

    @Test
    void shouldRefuseARoleThatNobodyNames() {
        dev.weir.schema.GrokRequest request = request(null);
        request.getMessages().get(0).setRole(Role.unknown);

        assertRefused(request, "messages[0].role is unknown to this version");
    }

    @Test
    void shouldRefuseAPartOfTwoKinds() {
        dev.weir.schema.GrokRequest request = request(null);
        request.getMessages().get(0).setContent(List.of(new ContentPart("a", "https://b.example", null, null)));

        assertRefused(request, "2 are set; set exactly one");
    }

    @Test
    void shouldRefuseANumberThatJsonCannotSay() {
        dev.weir.schema.GrokRequest request = request(null);
        request.setTemperature(Double.NaN);

        assertRefused(request, "temperature is NaN");
    }

    @Test
    void shouldRefuseBytesThatEndEarlyOrGoOn() {
        byte[] bytes = AvroBytes.encode(request(null));
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> decode(cut)).isInstanceOf(NotARequest.class);
        }
        byte[] longer = java.util.Arrays.copyOf(bytes, bytes.length + 1);
        assertThatThrownBy(() -> decode(longer)).hasMessageContaining("goes on behind the Avro record");
    }

    @Test
    void shouldTakeAnyBytesWithoutBreaking() {
        Random random = new Random(11);
        byte[] good = AvroBytes.encode(request("{\"x\":1}"));
        for (int i = 0; i < 5_000; i++) {
            byte[] bytes = good.clone();
            for (int flips = random.nextInt(4); flips >= 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                RequestJson.envelope(decode(bytes));
            } catch (NotARequest e) {
                assertThat(e).hasMessageContaining(";");
            }
        }
    }

    private static dev.weir.schema.GrokRequest decode(byte[] bytes) throws NotARequest {
        return AvroBytes.decode(
                bytes, 0, dev.weir.schema.GrokRequest.getClassSchema(), dev.weir.schema.GrokRequest.class);
    }

    private static void assertRefused(dev.weir.schema.GrokRequest request, String words) {
        assertThatThrownBy(() -> RequestJson.envelope(request))
                .isInstanceOf(NotARequest.class)
                .hasMessageContaining(words);
    }

    private static dev.weir.schema.GrokRequest request(String extra) {
        return dev.weir.schema.GrokRequest.newBuilder()
                .setPriority(Priority.normal)
                .setMetadata(Map.of())
                .setModel("grok-4.5")
                .setMessages(List.of(Message.newBuilder()
                        .setRole(Role.user)
                        .setContent("hello")
                        .build()))
                .setExtra(extra)
                .build();
    }

    private static GrokRequest read(Blob value) throws JsonProcessingException {
        if (RequestReader.read(value, List.of(), SOURCE) instanceof Accepted accepted) {
            return accepted.request();
        }
        throw new AssertionError(RequestReader.read(value, List.of(), SOURCE) + " for " + value.text());
    }

    private static GrokRequest withBody(GrokRequest request, Blob body) {
        return new GrokRequest(
                request.id(),
                request.priority(),
                request.tenant(),
                request.deadline(),
                request.conversation(),
                request.metadata(),
                request.model(),
                request.maxCompletionTokens(),
                body,
                request.redriveCount(),
                request.issuer());
    }
}
