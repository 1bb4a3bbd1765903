package dev.weir.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.RequestReading.Accepted;
import dev.weir.event.RequestReading.Rejected;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RequestReaderTest {
    private static final SourceCoordinates SOURCE = new SourceCoordinates("grok.requests", 2, 17);
    private static final String BODY =
            "{ \"model\":\"grok-4.5\", \"messages\":[{\"role\":\"user\",\"content\":\"Grüße 🌊\"}], \"x\": 1.50 }";

    @Test
    void shouldReadAnEnvelopeAndKeepItsBodyVerbatim() {
        String event = "{\"id\":\"order-4711\",\"priority\":\"high\",\"tenant\":\"checkout\","
                + "\"deadline\":\"2026-11-21T10:15:00Z\",\"conversation\":\"cart-99\",\"metadata\":{\"any\":\"strings\"},"
                + "\"body\": " + BODY + " }";

        GrokRequest request = accepted(event);

        assertThat(request.id()).isEqualTo("order-4711");
        assertThat(request.priority()).isEqualTo(Priority.HIGH);
        assertThat(request.tenant()).isEqualTo("checkout");
        assertThat(request.deadline()).isEqualTo(Instant.parse("2026-11-21T10:15:00Z"));
        assertThat(request.conversation()).isEqualTo("cart-99");
        assertThat(request.metadata()).isEqualTo(Map.of("any", "strings"));
        assertThat(request.model()).isEqualTo("grok-4.5");
        assertThat(request.body().text()).isEqualTo(BODY);
    }

    @Test
    void shouldReadABareBodyAndLeaveItsOwnFieldsAlone() {
        String event = "{\"priority\":7,\"metadata\":{\"a\":1}," + BODY.substring(1);

        GrokRequest request = accepted(event);

        assertThat(request.id()).isEqualTo("grok.requests-2-17");
        assertThat(request.priority()).isEqualTo(Priority.NORMAL);
        assertThat(request.metadata()).isEmpty();
        assertThat(request.body().text()).isEqualTo(event);
    }

    @Test
    void shouldReadABatchLine() {
        GrokRequest request = accepted(
                "{\"custom_id\":\"b-1\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":" + BODY + "}");

        assertThat(request.id()).isEqualTo("b-1");
        assertThat(request.body().text()).isEqualTo(BODY);
    }

    @Test
    void shouldPreferTheLastHeaderToTheField() {
        List<EventHeader> headers = List.of(
                EventHeader.text(WeirHeaders.ID, "first"),
                EventHeader.text(WeirHeaders.ID, "second"),
                EventHeader.text(WeirHeaders.PRIORITY, "critical"),
                EventHeader.text(WeirHeaders.DEADLINE, "1790000000000"),
                EventHeader.text(WeirHeaders.TENANT, "search"),
                EventHeader.text("traceparent", "00-1-2-01"));

        RequestReading reading = RequestReader.read(
                Blob.utf8("{\"id\":\"field\",\"priority\":\"low\",\"body\":" + BODY + "}"), headers, SOURCE);

        GrokRequest request = ((Accepted) reading).request();
        assertThat(request.id()).isEqualTo("second");
        assertThat(request.priority()).isEqualTo(Priority.CRITICAL);
        assertThat(request.tenant()).isEqualTo("search");
        assertThat(request.deadline()).isEqualTo(Instant.ofEpochMilli(1_790_000_000_000L));
    }

    @Test
    void shouldSkipAByteOrderMark() {
        assertThat(accepted("\uFEFF" + BODY).body().text()).isEqualTo(BODY);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                                                   | empty_event   | publish the request
            `   `                                                | invalid_json  | blank
            hello                                                | invalid_json  | not valid JSON
            [1]                                                  | invalid_json  | an array
            {"body":{"model":"m","messages":[{}]}} {}            | invalid_json  | more follows
            {"body":{"model":"m","messages":[{}]                 | invalid_json  | not valid JSON
            {"x":1}                                              | missing_field | neither body nor messages
            {"body":[]}                                          | invalid_field | body is an array
            {"body":{"messages":[{}]}}                           | missing_field | body.model is missing
            {"body":{"model":5,"messages":[{}]}}                 | invalid_field | body.model is a number
            {"body":{"model":" ","messages":[{}]}}               | invalid_field | body.model is blank
            {"body":{"model":"m"}}                               | missing_field | body.messages is missing
            {"body":{"model":"m","messages":"hi"}}               | invalid_field | body.messages is a string
            {"body":{"model":"m","messages":[]}}                 | invalid_field | empty array
            {"body":{"model":"m","messages":["hi"]}}             | invalid_field | messages[0] is a string
            {"model":"m","messages":[7]}                         | invalid_field | messages[0] is a number
            {"priority":"urgent","body":{"model":"m","messages":[{}]}} | invalid_field | priority is 'urgent'
            {"deadline":"soon","body":{"model":"m","messages":[{}]}}   | invalid_field | deadline is 'soon'
            {"metadata":{"a":1},"body":{"model":"m","messages":[{}]}}  | invalid_field | metadata.a is a number
            {"metadata":[],"body":{"model":"m","messages":[{}]}}       | invalid_field | metadata is an array
            {"id":7,"body":{"model":"m","messages":[{}]}}              | invalid_field | id is a number
            {"id":"","body":{"model":"m","messages":[{}]}}             | invalid_field | id is ''
            {"url":"/v1/embeddings","body":{"model":"m","messages":[{}]}} | invalid_field | url is '/v1/embeddings'
            {"id":"a","id":"b","body":{"model":"m","messages":[{}]}}   | invalid_field | id stands twice
            """)
    void shouldNameFieldValueAndCure(String event, String reason, String message) {
        Rejected rejected = rejected(event);

        assertThat(rejected.reason().id()).isEqualTo(reason);
        assertThat(rejected.message()).contains(message);
    }

    @Test
    void shouldTellIdAndTenantOfARecordThatBreaksLater() {
        Rejected rejected =
                rejected("{\"id\":\"x-1\",\"tenant\":\"legal\",\"priority\":\"high\",\"body\":{\"model\":\"m\",");

        assertThat(rejected.id()).isEqualTo("x-1");
        assertThat(rejected.tenant()).isEqualTo("legal");
        assertThat(rejected.priority()).isEqualTo(Priority.HIGH);
    }

    @Test
    void shouldTellTheIdThatComesBehindADefect() {
        assertThat(rejected("{\"priority\":\"urgent\",\"id\":\"x-2\",\"body\":" + BODY + "}")
                        .id())
                .isEqualTo("x-2");
    }

    @Test
    void shouldRefuseAHeaderThatIsNotUtf8() {
        List<EventHeader> headers =
                List.of(new EventHeader(WeirHeaders.TENANT, Blob.of(new byte[] {(byte) 0xC3, (byte) 0x28})));

        RequestReading reading = RequestReader.read(Blob.utf8(BODY), headers, SOURCE);

        assertThat(((Rejected) reading).message()).contains("header weir-tenant is not text in UTF-8");
    }

    @Test
    void shouldRefuseAbsurdNesting() {
        assertThat(rejected("{\"body\":{\"model\":\"m\",\"messages\":" + "[".repeat(100_000))
                        .reason())
                .isEqualTo(Reason.INVALID_JSON);
    }

    @Test
    void shouldNeverEchoContent() {
        assertThat(rejected("{\"messages\":[{\"content\":\"secret prompt\"}, secret prompt")
                        .message())
                .doesNotContain("secret");
    }

    @Test
    void shouldNeverThrowWhateverTheBytes() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] good = ("{\"id\":\"a\",\"metadata\":{\"k\":\"v\"},\"body\":" + BODY + "}")
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        for (int i = 0; i < 5_000; i++) {
            byte[] bytes = good.clone();
            for (int change = 0; change <= i % 4; change++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            assertThat(RequestReader.read(Blob.of(bytes), List.of(), SOURCE))
                    .as("seed " + seed + ", round " + i)
                    .isNotNull();
        }
    }

    private static GrokRequest accepted(String event) {
        RequestReading reading = RequestReader.read(Blob.utf8(event), List.of(), SOURCE);
        assertThat(reading).as(reading.toString()).isInstanceOf(Accepted.class);
        return ((Accepted) reading).request();
    }

    private static Rejected rejected(String event) {
        return (Rejected) RequestReader.read(Blob.utf8(event), List.of(), SOURCE);
    }
}
