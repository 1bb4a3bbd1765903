package dev.weir.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.RequestReading.Accepted;
import dev.weir.event.RequestReading.Rejected;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests as CloudEvents, and what of them their responses say. */
final class CloudEventsTest {
    private static final SourceCoordinates SOURCE = new SourceCoordinates("grok.requests", 3, 17);
    private static final String BODY = "{\"model\":\"grok-4.5\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static final EventHeader STRUCTURED =
            EventHeader.text("content-type", "application/cloudevents+json; charset=UTF-8");
    private final CloudEvents events = new CloudEvents(
            EventFormat.json(), new CloudEvents.Settings("/weir/one", "<type>.response", "application/json"));

    @Test
    void shouldTakeIdAndIssuerFromABinaryEvent() {
        GrokRequest request = accepted(Blob.utf8(BODY), binary());

        assertThat(request.id()).isEqualTo("order-1");
        assertThat(request.issuer()).isEqualTo("/shop");
        assertThat(request.body()).isEqualTo(Blob.utf8(BODY));
    }

    @Test
    void shouldPreferTheEventsIdToTheValuesAndWeirsHeaderToBoth() {
        Blob envelope = Blob.utf8("{\"id\":\"inner\",\"body\":" + BODY + "}");

        assertThat(accepted(envelope, binary()).id()).isEqualTo("order-1");
        GrokRequest named = accepted(envelope, with(binary(), EventHeader.text("weir-id", "mine")));
        assertThat(named.id()).isEqualTo("mine");
        assertThat(named.issuer()).isNull();
        GrokRequest redriven = accepted(envelope, with(binary(), EventHeader.text("weir-id", "order-1")));
        assertThat(redriven.issuer()).as("the id is still the event's").isEqualTo("/shop");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\uFEFF"})
    void shouldReadTheDataOfAStructuredEventVerbatim(String before) {
        String data = "{ \"model\" : \"grok-4.5\",\"temperature\":0.10, \"messages\":[{\"role\":\"user\","
                + "\"content\":\"grüße\"}]}";

        GrokRequest request = accepted(Blob.utf8(before + structured("\"data\":" + data)), List.of(STRUCTURED));

        assertThat(request.body().text()).isEqualTo(data);
        assertThat(request.id()).isEqualTo("order-1");
        assertThat(request.issuer()).isEqualTo("/shop");
    }

    @Test
    void shouldReadDataInBase64() {
        String base64 = Base64.getEncoder().encodeToString(BODY.getBytes(UTF_8));

        GrokRequest request =
                accepted(Blob.utf8(structured("\"data_base64\":\"" + base64 + "\"")), List.of(STRUCTURED));

        assertThat(request.body().text()).isEqualTo(BODY);
    }

    @Test
    void shouldGiveDataInAnotherFormatToTheFormatBelow() {
        CloudEvents over = new CloudEvents(new Mark(), new CloudEvents.Settings("/w", "<type>", null));
        String avro = structured("\"datacontenttype\":\"application/avro\",\"data_base64\":\"AAAAAAE=\"");
        String json = structured("\"data\":" + BODY);

        assertThat(over.read(Blob.utf8(avro), List.of(STRUCTURED), SOURCE).id()).isEqualTo("mark of 5 bytes");
        assertThat(over.read(Blob.utf8(json), List.of(STRUCTURED), SOURCE).id()).isEqualTo("order-1");
        assertThat(over.read(Blob.utf8("any"), binary(), SOURCE).id()).isEqualTo("mark of 3 bytes");
    }

    @Test
    void shouldReadFieldsOfTheEnvelopeAndHeadersInEvents() {
        Blob envelope = Blob.utf8(structured("\"data\":{\"priority\":\"high\",\"body\":" + BODY + "}"));

        GrokRequest request = accepted(envelope, with(List.of(STRUCTURED), EventHeader.text("weir-tenant", "shop")));

        assertThat(request.priority()).isEqualTo(Priority.HIGH);
        assertThat(request.tenant()).isEqualTo("shop");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "id | | missing_field | header ce_id is missing",
                "source | | missing_field | header ce_source is missing",
                "type | | missing_field | header ce_type is missing",
                "specversion | 0.3 | invalid_field | header ce_specversion is \"0.3\": use 1.0",
                "id | a\tb | invalid_field | header ce_id is \"a?b\", with a control character",
            })
    void shouldRejectABinaryEventThatIsNone(String name, @Nullable String text, String reason, String message) {
        List<EventHeader> headers = new ArrayList<>(binary());
        headers.removeIf(header -> header.name().equals("ce_" + name));
        if (text != null) {
            headers.add(EventHeader.text("ce_" + name, text));
        }

        Rejected rejected = rejected(Blob.utf8(BODY), headers);

        assertThat(rejected.reason().id()).isEqualTo(reason);
        assertThat(rejected.message()).startsWith(message);
        assertThat(rejected.id()).isEqualTo(name.equals("id") ? SOURCE.toString() : "order-1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"specversion\":\"1.0\" | invalid_json | the value breaks off",
                "[] | invalid_json | the value is an array",
                "{\"id\":\"a\"} | missing_field | specversion is missing",
                "{\"specversion\":\"1.0\",\"id\":\"a\",\"source\":{},\"type\":\"t\"} | invalid_field | \"source\" is",
                "{\"specversion\":\"1.0\",\"id\":\"a\",\"source\":\"s\",\"type\":\"t\"} | empty_event | data is missing",
                "{\"data\":\"text\",\"id\":\"a\"} | invalid_field | data is a string: put the request",
                "{\"data_base64\":\"?\",\"id\":\"a\"} | invalid_field | data_base64 is no base64",
                "{\"data_base64\":\"e30=\",\"data\":{},\"id\":\"a\"} | invalid_field | data_base64 is given beside data",
            })
    void shouldRejectAStructuredEventThatIsNone(String value, String reason, String message) {
        Rejected rejected = rejected(Blob.utf8(value), List.of(STRUCTURED));

        assertThat(rejected.reason().id()).isEqualTo(reason);
        assertThat(rejected.message()).startsWith(message);
        assertThat(rejected.id()).isEqualTo(value.contains("\"id\"") ? "a" : SOURCE.toString());
    }

    @Test
    void shouldRejectBatchesAndOtherStructuredFormats() {
        EventHeader batch = EventHeader.text("Content-Type", "application/cloudevents-batch+json");

        assertThat(rejected(Blob.utf8("[]"), List.of(batch)).message())
                .startsWith("header content-type is \"application/cloudevents-batch+json\"");
        assertThat(rejected(null, List.of(STRUCTURED)).reason()).isEqualTo(Reason.EMPTY_EVENT);
    }

    @Test
    void shouldBoundTheAttributes() {
        List<EventHeader> headers = with(binary(), EventHeader.text("ce_subject", "s".repeat(16_384)));

        assertThat(rejected(Blob.utf8(BODY), headers).message()).contains("use at most 16384");
    }

    @Test
    void shouldAnswerAnEventWithAnEventOfItsOwn() {
        List<EventHeader> request = with(
                binary(),
                EventHeader.text("ce_subject", "cart-9"),
                EventHeader.text("ce_time", "2026-11-21T10:00:00Z"),
                EventHeader.text("ce_traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
                EventHeader.text("ce_dataschema", "urn:of:the:request"),
                EventHeader.text("content-type", "application/vnd.shop+json"),
                EventHeader.text("traceparent", "plain"));

        Map<String, String> carried = carried(Blob.utf8(BODY), request);

        assertThat(carried)
                .isEqualTo(new TreeMap<>(Map.ofEntries(
                        Map.entry("ce_specversion", "1.0"),
                        Map.entry("ce_id", "grok.requests-3-17"),
                        Map.entry("ce_source", "/weir/one"),
                        Map.entry("ce_type", "shop.ask.response"),
                        Map.entry("ce_time", "2026-11-21T10:00:05Z"),
                        Map.entry("ce_subject", "cart-9"),
                        Map.entry("ce_traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
                        Map.entry("ce_requestid", "order-1"),
                        Map.entry("ce_requestsource", "/shop"),
                        Map.entry("ce_requesttype", "shop.ask"),
                        Map.entry("ce_requesttime", "2026-11-21T10:00:00Z"),
                        Map.entry("content-type", "application/json"),
                        Map.entry("traceparent", "plain"))));
    }

    @Test
    void shouldAnswerAStructuredEventInBinaryMode() {
        Blob value = Blob.utf8(structured(
                "\"tracestate\":\"a=b\",\"subject\":\"cart-9\",\"count\":7,\"urgent\":true,\"data\":" + BODY));

        Map<String, String> carried = carried(value, List.of(STRUCTURED));

        assertThat(carried)
                .containsEntry("ce_requestid", "order-1")
                .containsEntry("ce_subject", "cart-9")
                .containsEntry("ce_tracestate", "a=b")
                .containsEntry("ce_count", "7")
                .containsEntry("ce_urgent", "true")
                .containsEntry("content-type", "application/json")
                .doesNotContainKeys("ce_data", "ce_data_base64");
    }

    @Test
    void shouldLeavePlainEventsPlain() {
        List<EventHeader> plain = List.of(
                EventHeader.text("ce_id", "no event without a specversion"),
                EventHeader.text("content-type", "application/json"),
                EventHeader.text("any", "thing"));

        assertThat(accepted(Blob.utf8(BODY), plain).id()).isEqualTo(SOURCE.toString());
        assertThat(events.carriedOver(Blob.utf8(BODY), plain, response())).isEqualTo(plain);
    }

    @Test
    void shouldNotClaimToAnswerAnEventThatIsNone() {
        List<EventHeader> broken = List.of(
                EventHeader.text("ce_specversion", "1.0"), EventHeader.text("ce_id", "a"), EventHeader.text("x", "y"));

        assertThat(carried(Blob.utf8(BODY), broken)).isEqualTo(Map.of("x", "y"));
        assertThat(carried(null, List.of(STRUCTURED))).isEmpty();
    }

    private GrokRequest accepted(Blob value, List<EventHeader> headers) {
        RequestReading reading = events.read(value, headers, SOURCE);
        assertThat(reading).isInstanceOf(Accepted.class);
        return ((Accepted) reading).request();
    }

    private Rejected rejected(@Nullable Blob value, List<EventHeader> headers) {
        RequestReading reading = events.read(value, headers, SOURCE);
        assertThat(reading).isInstanceOf(Rejected.class);
        return (Rejected) reading;
    }

    private Map<String, String> carried(@Nullable Blob value, List<EventHeader> headers) {
        Map<String, String> carried = new TreeMap<>();
        events.carriedOver(value, headers, response())
                .forEach(header -> assertThat(carried.put(
                                header.name(),
                                header.value() == null ? "" : header.value().text()))
                        .as(header.name() + " once")
                        .isNull());
        return carried;
    }

    private static List<EventHeader> binary() {
        return List.of(
                EventHeader.text("ce_specversion", "1.0"),
                EventHeader.text("ce_id", "order-1"),
                EventHeader.text("ce_source", "/shop"),
                EventHeader.text("ce_type", "shop.ask"));
    }

    private static String structured(String more) {
        return "{\"specversion\":\"1.0\",\"id\":\"order-1\",\"source\":\"/shop\",\"type\":\"shop.ask\"," + more + "}";
    }

    private static List<EventHeader> with(List<EventHeader> headers, EventHeader... more) {
        List<EventHeader> all = new ArrayList<>(headers);
        all.addAll(Arrays.asList(more));
        return all;
    }

    private static GrokResponse response() {
        return new GrokResponse(
                "order-1",
                ResponseStatus.SUCCEEDED,
                "grok-4.5",
                "hello",
                null,
                null,
                null,
                1,
                false,
                false,
                new Timing(Instant.EPOCH, Instant.parse("2026-11-21T10:00:05Z"), 0, 0, 0, 0),
                Priority.NORMAL,
                null,
                null,
                Map.of(),
                SOURCE);
    }

    /** Tells what it was given. */
    private static final class Mark implements EventFormat {
        @Override
        public RequestReading read(@Nullable Blob value, List<EventHeader> headers, SourceCoordinates source) {
            return new RequestReading.Unavailable("mark of " + value, "");
        }

        @Override
        public byte[] write(GrokResponse response) {
            return new byte[0];
        }
    }
}
