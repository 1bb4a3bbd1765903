package dev.weir.event;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.RequestReading.Accepted;
import dev.weir.event.RequestReading.Rejected;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestReaderTest {
    private static final SourceCoordinates SOURCE = new SourceCoordinates("grok.requests", 3, 17);
    private static final String BODY =
            "{ \"model\" : \"grok-4.5\",\"messages\":[{\"role\":\"user\",\"content\":\"Grüße 🎈 \\u00e9\"}], \"x\": 1.50 }";
    private static final String ENVELOPE = """
            {"id": "order-4711", "priority": "high", "tenant": "checkout", "deadline": "2026-11-21T11:15:00+01:00",
             "conversation": "cart-99", "metadata": {"any": "strings", "größe": "ü"}, "unknown": [1, {"a": null}],
             "body": %s }
            """.formatted(BODY);
    private static final String SECRET = "my secret diary";

    @Test
    void shouldReadTheEnvelope() {
        GrokRequest request = accepted(ENVELOPE);

        assertThat(request)
                .isEqualTo(new GrokRequest(
                        "order-4711",
                        Priority.HIGH,
                        "checkout",
                        Instant.parse("2026-11-21T10:15:00Z"),
                        "cart-99",
                        Map.of("any", "strings", "größe", "ü"),
                        "grok-4.5",
                        null,
                        Blob.utf8(BODY),
                        0,
                        null));
    }

    @Test
    void shouldTakeABareBodyAsAWhole() {
        GrokRequest request = accepted(" " + BODY + "\n");

        assertThat(request.body()).isEqualTo(Blob.utf8(" " + BODY + "\n"));
        assertThat(request.id()).isEqualTo("grok.requests-3-17");
        assertThat(request.priority()).isEqualTo(Priority.NORMAL);
    }

    @Test
    void shouldLeaveAllFieldsOfABareBodyToGrok() {
        GrokRequest request = accepted(
                "{\"id\":5,\"priority\":\"?\",\"metadata\":{\"a\":1},\"model\":\"m\",\"messages\":[{}]}",
                EventHeader.text("weir-id", "mine"));

        assertThat(request.id()).isEqualTo("mine");
        assertThat(request.metadata()).isEmpty();
    }

    @Test
    void shouldReadALineOfABatchFile() {
        GrokRequest request = accepted("""
                {"custom_id": "line-1", "method": "POST", "url": "/v1/chat/completions", "priority": "low", "body": %s}""".formatted(BODY));

        assertThat(request.id()).isEqualTo("line-1");
        assertThat(request.priority()).isEqualTo(Priority.LOW);
        assertThat(request.body()).isEqualTo(Blob.utf8(BODY));
    }

    @Test
    void shouldLetTheLastHeaderOfANameWinOverTheField() {
        GrokRequest request = accepted(
                ENVELOPE,
                EventHeader.text("weir-id", "first"),
                EventHeader.text("weir-id", "last"),
                EventHeader.text("weir-priority", "critical"),
                EventHeader.text("weir-tenant", "search"),
                EventHeader.text("weir-deadline", "1795255200000"),
                EventHeader.text("weir-conversation", "c"),
                EventHeader.text("weir-redrive-count", "2"),
                EventHeader.text("traceparent", "00-1"));

        assertThat(request.id()).isEqualTo("last");
        assertThat(request.priority()).isEqualTo(Priority.CRITICAL);
        assertThat(request.tenant()).isEqualTo("search");
        assertThat(request.deadline()).isEqualTo(Instant.ofEpochMilli(1795255200000L));
        assertThat(request.conversation()).isEqualTo("c");
        assertThat(request.redriveCount()).isEqualTo(2);
    }

    @Test
    void shouldTakeAHeaderWithoutAValueAsAbsent() {
        assertThat(accepted(ENVELOPE, new EventHeader("weir-id", null)).id()).isEqualTo("order-4711");
    }

    @Test
    void shouldRejectAHeaderThatIsNotUtf8() {
        EventHeader latin1 = new EventHeader("weir-tenant", Blob.of("küche".getBytes(ISO_8859_1)));

        Rejected rejected = rejected(ENVELOPE, latin1);

        assertThat(rejected.message()).isEqualTo("header weir-tenant is not UTF-8: write it in UTF-8");
        assertThat(rejected.id()).isEqualTo("order-4711");
    }

    @Test
    void shouldTakeJsonNullAsAbsent() {
        GrokRequest request = accepted("""
                {"id":null,"priority":null,"tenant":null,"deadline":null,"conversation":null,"metadata":null,"body":%s}""".formatted(BODY));

        assertThat(request.id()).isEqualTo("grok.requests-3-17");
        assertThat(request.tenant()).isNull();
    }

    @Test
    void shouldSkipAByteOrderMark() {
        assertThat(accepted("\uFEFF" + BODY).body()).isEqualTo(Blob.utf8(BODY));
        assertThat(accepted("\uFEFF" + ENVELOPE).body()).isEqualTo(Blob.utf8(BODY));
    }

    @ParameterizedTest
    @CsvSource(nullValues = "none", delimiter = '|', textBlock = """
            "max_completion_tokens":40                    | 40
            "max_tokens":30                               | 30
            "max_completion_tokens":40,"max_tokens":30    | 40
            "max_completion_tokens":0,"max_tokens":30     | 30
            "max_completion_tokens":-1                    | none
            "max_completion_tokens":1.5                   | none
            "max_completion_tokens":"9"                   | none
            "max_completion_tokens":99999999999999999999  | none
            """)
    void shouldReadTheBoundOnOutputWhereItIsOne(String fields, @org.jspecify.annotations.Nullable Long expected) {
        assertThat(accepted("{\"model\":\"m\",\"messages\":[{}]," + fields + "}")
                        .maxCompletionTokens())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            "id":""                      | id is empty: use 1 to 256 characters without control characters, or leave it out
            "id":"a\\nb"                 | id is "a?b", with a control character: use 1 to 256 characters without control characters
            "id":"a\\ud800"              | id is "a?", with a control character: use 1 to 256 characters without control characters
            "id":17                      | id is the number 17: write it as a string
            "priority":"urgent"          | priority is "urgent": use critical, high, normal or low
            "priority":"HIGH"            | priority is "HIGH": use critical, high, normal or low
            "priority":["high"]          | priority is an array: write it as a string
            "tenant":true                | tenant is true: write it as a string
            "deadline":"tomorrow"        | deadline is "tomorrow": use an ISO-8601 instant like 2026-11-21T10:15:00Z
            "deadline":"+999999999-12-31T00:00:00Z" | deadline is "+999999999-12-31T00:00:00Z": use an ISO-8601 instant like 2026-11-21T10:15:00Z
            "deadline":1795255200000     | deadline is the number 1795255200000: write it as a string
            "conversation":""            | conversation is empty: use 1 to 256 characters without control characters, or leave it out
            "metadata":"x"               | metadata is a string: use an object whose values are strings
            "metadata":{"a":"b","n":12}  | metadata."n" is the number 12: write every value as a string
            "metadata":{"n":null}        | metadata."n" is null: write every value as a string
            "url":"/v1/embeddings"       | url is "/v1/embeddings": only /v1/chat/completions is served
            "method":"GET"               | method is "GET": use POST or leave it out
            """)
    void shouldNameTheFieldTheValueAndTheCure(String field, String message) {
        Rejected rejected = rejected("{" + field + ",\"body\":" + BODY + "}");

        assertThat(rejected.message()).isEqualTo(message);
        assertThat(rejected.reason()).isEqualTo(Reason.INVALID_FIELD);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            {"id":"x"}                                     | missing_field | body is missing: give a chat-completions body with model and messages
            {"id":"x","body":"{my secret diary}"}          | invalid_field | body is a string: give a chat-completions body with model and messages
            {"body":{"messages":[{}]}}                     | missing_field | body.model is missing: name a model, for example "grok-4.5"
            {"messages":[{}]}                              | missing_field | model is missing: name a model, for example "grok-4.5"
            {"messages":[{}],"model":4}                    | invalid_field | model is the number 4: name a model, for example "grok-4.5"
            {"body":{"model":"","messages":[{}]}}          | invalid_field | body.model is empty: use 1 to 256 characters without control characters
            {"body":{"model":"m"}}                         | missing_field | body.messages is missing: give an array with at least one message
            {"body":{"model":"m","messages":[]}}           | invalid_field | body.messages is an empty array: give an array with at least one message
            {"model":"m","messages":"my secret diary"}     | invalid_field | messages is a string: give an array with at least one message
            [1,2]                                          | invalid_json  | the value is an array, not an object: publish one JSON object in UTF-8 per record
            "my secret diary"                              | invalid_json  | the value is a string, not an object: publish one JSON object in UTF-8 per record
            my secret diary                                | invalid_json  | the value is not valid JSON at byte 0 of 15: publish one JSON object in UTF-8 per record
            {"model":"m","messages":[{}]} {}               | invalid_json  | the value goes on after its end: publish one JSON object in UTF-8 per record
            {"model":"m","messages":[{}]                   | invalid_json  | the value breaks off at byte 28 of 28: publish one JSON object in UTF-8 per record
            {"model":"m","messages":[{"my secret diary":1,"my secret diary":2}]} | invalid_field | "messages" is given twice: keep one of them
            {"id":"a","id":"b"}                            | invalid_field | "id" is given twice: keep one of them
            {"body":{"model":"m","model":"n"}}             | invalid_field | "body.model" is given twice: keep one of them
            """)
    void shouldRejectWhatIsNoRequestWithoutTellingContent(String value, String reason, String message) {
        Rejected rejected = rejected(value);

        assertThat(rejected.reason().id()).isEqualTo(reason);
        assertThat(rejected.message()).startsWith(message).doesNotContain(SECRET);
    }

    @Test
    void shouldRejectARecordWithoutAValue() {
        assertThat(rejected("").reason()).isEqualTo(Reason.EMPTY_EVENT);
        RequestReading ofNull = RequestReader.read(null, List.of(EventHeader.text("weir-id", "a")), SOURCE);
        assertThat(ofNull)
                .isInstanceOf(Rejected.class)
                .extracting(RequestReading::id)
                .isEqualTo("a");
        assertThat(rejected("  \n").message()).contains("is blank");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"body\":{\"model\":", "\"body\":{\"model\":\"m\",\"messages\":[]}}", "\"messages\":[{\"con"})
    void shouldTellWhatItCanOfABrokenRecord(String rest) {
        Rejected rejected = rejected("""
                {"id":"invalid-json","priority":"low","tenant":"legal","conversation":"c","metadata":{"a":"b"},""" + rest);

        assertThat(rejected.id()).isEqualTo("invalid-json");
        assertThat(rejected.priority()).isEqualTo(Priority.LOW);
        assertThat(rejected.tenant()).isEqualTo("legal");
        assertThat(rejected.conversation()).isEqualTo("c");
        assertThat(rejected.metadata()).isEqualTo(Map.of("a", "b"));
    }

    @Test
    void shouldTellWhatFollowsABrokenField() {
        Rejected rejected = rejected("""
                {"deadline":[[1]],"metadata":{"n":1,"a":"b"},"body":{"model":"m"},"id":"late","tenant":"legal"}""");

        assertThat(rejected.message()).startsWith("deadline");
        assertThat(rejected.id()).isEqualTo("late");
        assertThat(rejected.tenant()).isEqualTo("legal");
        assertThat(rejected.metadata()).isEqualTo(Map.of("a", "b"));
    }

    @Test
    void shouldCountAnIdInCharactersNotInBytes() {
        assertThat(accepted(withId("🎈".repeat(256))).id()).isEqualTo("🎈".repeat(256));

        Rejected rejected = rejected(withId("🎈".repeat(257)));

        assertThat(rejected.id()).isEqualTo("grok.requests-3-17");
        assertThat(rejected.message()).contains("(257 characters)").hasSizeLessThan(250);
    }

    @Test
    void shouldRefuseOtherEncodings() {
        assertThat(reading(Blob.of(BODY.getBytes(UTF_16LE)))).isInstanceOf(Rejected.class);
        Rejected latin1 = (Rejected) reading(Blob.of("{\"model\":\"m\",\"messages\":[\"ü\"]}".getBytes(ISO_8859_1)));
        assertThat(latin1.message()).contains("at byte");
        byte[] surrogate = BODY.replace("🎈", "###").getBytes(UTF_8);
        int at = new String(surrogate, ISO_8859_1).indexOf("###");
        surrogate[at] = (byte) 0xED;
        surrogate[at + 1] = (byte) 0xA0;
        surrogate[at + 2] = (byte) 0x80;
        assertThat(((Rejected) reading(Blob.of(surrogate))).message()).contains("is not UTF-8 (byte " + at + ")");
    }

    @Test
    void shouldBoundTheNesting() {
        String nested = "[".repeat(150) + "]".repeat(150);
        assertThat(accepted("{\"model\":\"m\",\"messages\":[" + nested + "]}").model())
                .isEqualTo("m");

        Rejected tooDeep = rejected("{\"id\":\"a\",\"body\":{\"messages\":" + "[".repeat(300));

        assertThat(tooDeep.message()).contains("nested deeper than 200 levels");
        assertThat(tooDeep.id()).isEqualTo("a");
    }

    @Test
    @Timeout(20)
    void shouldReadLargeJunkQuickly() {
        SplittableRandom random = new SplittableRandom(7);
        byte[] noise = new byte[5_000_000];
        random.nextBytes(noise);
        StringBuilder keys = new StringBuilder("{\"id\":\"a\"");
        for (int i = 0; keys.length() < 5_000_000; i++) {
            keys.append(",\"k").append(i).append("\":").append(i);
        }
        String text = "x".repeat(5_000_000);
        long start = System.nanoTime();

        for (String junk : List.of("[".repeat(5_000_000), keys + "}", "{\"id\":\"" + text + "\"}", "\"" + text, text)) {
            assertThat(reading(Blob.utf8(junk))).isInstanceOf(Rejected.class);
        }
        assertThat(reading(Blob.of(noise))).isInstanceOf(Rejected.class);
        assertThat(accepted("{\"model\":\"m\",\"messages\":[\"" + text + "\"]}")
                        .body()
                        .size())
                .isGreaterThan(5_000_000);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void shouldAnswerEveryInputAndNeverThrow() {
        for (long seed = 0; seed < 3000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] bytes = ENVELOPE.getBytes(UTF_8);
            for (int i = random.nextInt(4); i >= 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            byte[] cut = random.nextBoolean() ? bytes : Arrays.copyOf(bytes, random.nextInt(bytes.length));
            EventHeader header = new EventHeader("weir-deadline", Blob.of(new byte[] {(byte) random.nextInt(256)}));

            RequestReading reading = RequestReader.read(Blob.of(cut), List.of(header), SOURCE);

            assertThat(reading.id()).as("seed %d", seed).isNotEmpty();
            if (reading instanceof Rejected rejected) {
                assertThat(rejected.message())
                        .as("seed %d", seed)
                        .doesNotContain("Grüße")
                        .hasLineCount(1);
            }
        }
    }

    private static String withId(String id) {
        return "{\"id\":\"" + id + "\",\"body\":" + BODY + "}";
    }

    private static RequestReading reading(Blob value, EventHeader... headers) {
        return RequestReader.read(value, List.of(headers), SOURCE);
    }

    private static GrokRequest accepted(String value, EventHeader... headers) {
        RequestReading reading = reading(Blob.utf8(value), headers);
        assertThat(reading).isInstanceOf(Accepted.class);
        return ((Accepted) reading).request();
    }

    private static Rejected rejected(String value, EventHeader... headers) {
        RequestReading reading = reading(Blob.utf8(value), headers);
        assertThat(reading).isInstanceOf(Rejected.class);
        return (Rejected) reading;
    }
}
