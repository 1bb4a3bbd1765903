package dev.weir.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ResponseCodecTest {
    private static final Timing TIMING =
            new Timing(Instant.parse("2026-11-21T10:15:00Z"), Instant.parse("2026-11-21T10:15:00.824Z"), 3, 0, 812, 9);

    static GrokResponse succeeded(boolean duplicate) {
        return succeeded(duplicate, "Grüße \"🎈\"\n");
    }

    private static GrokResponse succeeded(boolean duplicate, String content) {
        return new GrokResponse(
                "order-4711",
                ResponseStatus.SUCCEEDED,
                "grok-4.5",
                content,
                Blob.utf8("{ \"id\" : \"r\",\n \"x\": 1.50, \"ü\":\"\\u00fc\" }"),
                new Usage(12, 0, 40, 100, 152, new BigDecimal("0.000000123")),
                null,
                1,
                false,
                duplicate,
                TIMING,
                Priority.HIGH,
                "checkout",
                "cart-99",
                Map.of("b", "2", "a", "1"),
                new SourceCoordinates("grok.requests", 0, 17));
    }

    static GrokResponse failed(@Nullable Integer httpStatus, @Nullable String code) {
        return new GrokResponse(
                "grok.requests-0-18",
                ResponseStatus.FAILED,
                null,
                null,
                null,
                null,
                new ErrorInfo(StopClass.FATAL, Reason.CONTEXT_TOO_LONG, "too long", httpStatus, code),
                0,
                true,
                false,
                TIMING,
                Priority.NORMAL,
                null,
                null,
                Map.of(),
                new SourceCoordinates("grok.requests", 0, 18));
    }

    @Test
    void shouldWriteASuccessInTheOrderOfTheContract() {
        assertThat(text(succeeded(false))).isEqualTo("""
                {"id":"order-4711","status":"succeeded","model":"grok-4.5","content":"Grüße \\"🎈\\"\\n",\
                "response":{ "id" : "r",
                 "x": 1.50, "ü":"\\u00fc" },\
                "usage":{"promptTokens":12,"cachedTokens":0,"completionTokens":40,"reasoningTokens":100,\
                "totalTokens":152,"costUsd":0.000000123},"error":null,"attempts":1,"possiblyRepeated":false,\
                "timing":{"receivedAt":"2026-11-21T10:15:00.000Z","completedAt":"2026-11-21T10:15:00.824Z",\
                "queueMillis":3,"retryMillis":0,"providerMillis":812,"overheadMillis":9},\
                "priority":"high","tenant":"checkout","conversation":"cart-99","metadata":{"a":"1","b":"2"},\
                "source":{"topic":"grok.requests","partition":0,"offset":17}}""");
    }

    @Test
    void shouldWriteAFailureWithItsOwner() {
        assertThat(text(failed(400, "invalid-argument"))).isEqualTo("""
                {"id":"grok.requests-0-18","status":"failed","model":null,"content":null,"response":null,"usage":null,\
                "error":{"class":"fatal","reason":"context_too_long","owner":"requester","message":"too long",\
                "httpStatus":400,"code":"invalid-argument"},"attempts":0,"possiblyRepeated":true,\
                "timing":{"receivedAt":"2026-11-21T10:15:00.000Z","completedAt":"2026-11-21T10:15:00.824Z",\
                "queueMillis":3,"retryMillis":0,"providerMillis":812,"overheadMillis":9},\
                "priority":"normal","tenant":null,"conversation":null,"metadata":{},\
                "source":{"topic":"grok.requests","partition":0,"offset":18}}""");
    }

    @Test
    void shouldNameADuplicateOnlyWhenItIsOne() {
        assertThat(text(succeeded(true))).contains("\"possiblyRepeated\":false,\"duplicate\":true,");
        assertThat(text(succeeded(false))).doesNotContain("duplicate");
    }

    @Test
    void shouldReadBackWhatItWrote() {
        for (GrokResponse response :
                new GrokResponse[] {succeeded(false), succeeded(true), failed(400, "x"), failed(null, null)}) {
            assertThat(ResponseCodec.read(ResponseCodec.write(response))).isEqualTo(response);
        }
    }

    @Test
    void shouldWriteHalvesOfPairsWithoutFailing() {
        for (String content :
                new String[] {"\ud83c", "\udf88", "a\ud83c.", "\ud83c\ud83c\udf88", "a".repeat(4000) + "\ud83c"}) {
            byte[] written = ResponseCodec.write(succeeded(false, content));

            assertThat(ResponseCodec.read(written).content()).isEqualTo(content);
        }
    }

    @Test
    void shouldReadBackAnyResponse() {
        for (long seed = 0; seed < 1000; seed++) {
            GrokResponse response = any(new SplittableRandom(seed));

            assertThat(ResponseCodec.read(ResponseCodec.write(response)))
                    .as("seed %d", seed)
                    .isEqualTo(response);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            "status":"failed",               | "status":"done",            | status is "done", which is none of its values
            "attempts":0                     | "attempts":"0"              | attempts must be a whole number
            "message":"too long"             | "message":null              | error.message is missing
            "offset":18                      | "offset":1.5                | source.offset must be a whole number
            "priority":"normal",             |                             | priority is missing
            "completedAt":"2026              | "completedAt":"x2026        | timing.completedAt must be an ISO-8601 instant
            "metadata":{}                    | "metadata":{"a":1}          | metadata.a must be a string
            "status":"failed"                | "status":"succeeded"        | status succeeded contradicts error
            "attempts":0                     | "attempts":99999999999      | attempts must be a whole number
            {"id"                            | ["id"                       | a response event is a JSON object, this is none
            """)
    void shouldNameTheFieldThatIsWrong(String from, @Nullable String to, String message) {
        String broken = text(failed(null, null)).replace(from, to == null ? "" : to);

        assertThatThrownBy(() -> ResponseCodec.read(broken.getBytes(UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void shouldIgnoreFieldsOfLaterVersions() {
        String later = text(succeeded(false)).replaceFirst("\\{", "{\"later\":[{}],");

        assertThat(ResponseCodec.read(later.getBytes(UTF_8))).isEqualTo(succeeded(false));
    }

    private static GrokResponse any(SplittableRandom random) {
        ResponseStatus status = pick(random, ResponseStatus.values());
        boolean succeeded = status == ResponseStatus.SUCCEEDED;
        String[] answers = {"\"text\"", "17", "[1, 2 ]", "{}", "{\"a\":[{ \"b\":null}]}", "true", "\"üß🎈\""};
        return new GrokResponse(
                anyText(random),
                status,
                random.nextBoolean() ? anyText(random) : null,
                random.nextBoolean() ? anyText(random) : null,
                random.nextBoolean() ? Blob.utf8(pick(random, answers)) : null,
                random.nextBoolean() ? anyUsage(random) : null,
                succeeded
                        ? null
                        : new ErrorInfo(
                                pick(random, StopClass.values()),
                                pick(random, Reason.values()),
                                anyText(random),
                                random.nextBoolean() ? random.nextInt(100, 600) : null,
                                random.nextBoolean() ? anyText(random) : null),
                random.nextInt(100),
                random.nextBoolean(),
                random.nextBoolean(),
                new Timing(
                        Instant.ofEpochMilli(random.nextLong(4_000_000_000_000L)),
                        Instant.ofEpochMilli(random.nextLong(4_000_000_000_000L)),
                        random.nextLong(1000),
                        random.nextLong(Long.MAX_VALUE),
                        random.nextLong(1000),
                        random.nextLong(1000)),
                pick(random, Priority.values()),
                random.nextBoolean() ? anyText(random) : null,
                random.nextBoolean() ? anyText(random) : null,
                Map.of(anyText(random), anyText(random)),
                new SourceCoordinates(anyText(random), random.nextInt(1000), random.nextLong(Long.MAX_VALUE)));
    }

    private static Usage anyUsage(SplittableRandom random) {
        BigDecimal cost = BigDecimal.valueOf(random.nextLong(1_000_000), random.nextInt(0, 11));
        return new Usage(1, random.nextLong(Long.MAX_VALUE), 3, 4, 5, random.nextBoolean() ? cost : null);
    }

    private static String anyText(SplittableRandom random) {
        return random.ints(random.nextInt(12), 0, 0x3000)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .append("🎈\"\\")
                .toString();
    }

    private static <T> T pick(SplittableRandom random, T[] values) {
        return values[random.nextInt(values.length)];
    }

    private static String text(GrokResponse response) {
        return new String(ResponseCodec.write(response), UTF_8);
    }
}
