package dev.weir.grok;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.event.Blob;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestBodyTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "{\"a\":1}                               | {\"prompt_cache_key\":\"c\",\"a\":1}",
                "{ \"a\" : 1.0e2 }                       | {\"prompt_cache_key\":\"c\",\"a\" : 1.0e2 }",
                "{}                                      | {\"prompt_cache_key\":\"c\"}",
                "{\"stream\":true}                       | {\"prompt_cache_key\":\"c\"}",
                "{\"stream\":true,\"a\":1}               | {\"prompt_cache_key\":\"c\",\"a\":1}",
                "{\"a\":1 , \"stream\": true }           | {\"prompt_cache_key\":\"c\",\"a\":1 }",
                "{\"a\":[\",\"],\"deferred\":1,\"b\":2}  | {\"prompt_cache_key\":\"c\",\"a\":[\",\"],\"b\":2}",
                "{\"a\":1,\"stream\":{\"x\":[1]},\"deferred\":0} | {\"prompt_cache_key\":\"c\",\"a\":1}",
                "{\"prompt_cache_key\":null,\"a\":1}     | {\"prompt_cache_key\":null,\"a\":1}",
                "{\"x\":{\"prompt_cache_key\":1,\"stream\":1}} "
                        + "| {\"prompt_cache_key\":\"c\",\"x\":{\"prompt_cache_key\":1,\"stream\":1}}",
                "{\"str\\u0065am\":true,\"a\":1}         | {\"prompt_cache_key\":\"c\",\"a\":1}",
            })
    void shouldSpliceTheCacheKeyAndDropWhatChangesTheAnswersShape(String body, String expected) {
        assertThat(RequestBody.prepare(Blob.utf8(body), "c").text().replace("{ ", "{"))
                .isEqualTo(expected.replace("{ ", "{"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "7", "{\"a\":", "{\"stream\":true}x", "not json", "{\"a\":1}{\"stream\":true}"})
    void shouldSendAsItIsWhatIsNotOneObject(String body) {
        assertThat(RequestBody.prepare(Blob.utf8(body), "c").text()).isEqualTo(body);
    }

    @Test
    void shouldSendAnotherEncodingAsItIs() {
        Blob utf16 = Blob.of("{\"stream\":true}".getBytes(StandardCharsets.UTF_16LE));
        Blob marked = Blob.utf8("\uFEFF{\"a\":1}");

        assertThat(RequestBody.prepare(utf16, "c")).isSameAs(utf16);
        assertThat(RequestBody.prepare(marked, "c").text()).matches("\uFEFF\\{.*\"a\":1}");
    }

    @Test
    void shouldLeaveABodyAloneWithoutConversation() {
        Blob body = Blob.utf8("{\"model\":\"grok\"}");

        assertThat(RequestBody.prepare(body, null)).isSameAs(body);
    }

    @Test
    void shouldEscapeTheConversation() throws Exception {
        String conversation = "a\"\\\n\u0001ü\uD83D\uDE00";

        Blob prepared = RequestBody.prepare(Blob.utf8("{\"a\":1}"), conversation);

        assertThat(MAPPER.readTree(prepared.bytes()).path("prompt_cache_key").textValue())
                .isEqualTo(conversation);
    }

    @Test
    void shouldKeepEveryOtherMemberByteForByte() throws Exception {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        List<String> names = List.of("stream", "deferred", "stream_options", "model", "ü\\n", "prompt_cache_key", "m");
        List<String> values = List.of(
                "1.50",
                "\"a,}\\\"{\"",
                "[1 ,{\"stream\":2}]",
                "{\"x\":[\",\"]}",
                "true",
                "null",
                "\"ü😀\"",
                "-0e1",
                "{}");
        List<String> spaces = List.of("", " ", "\n\t", "  ");
        for (int round = 0; round < 5_000; round++) {
            StringBuilder body = new StringBuilder(pick(spaces, random)).append('{');
            StringBuilder rest = new StringBuilder();
            boolean hasKey = false;
            for (int i = random.nextInt(6); i > 0; i--) {
                String name = pick(names, random);
                String member = "\"" + name + "\"" + pick(spaces, random) + ":" + pick(spaces, random)
                        + pick(values, random) + pick(spaces, random);
                body.append(body.toString().endsWith("{") ? "" : ",")
                        .append(pick(spaces, random))
                        .append(member);
                hasKey |= name.equals("prompt_cache_key");
                if (!List.of("stream", "deferred", "stream_options").contains(name)) {
                    rest.append(member.strip()).append('|');
                }
            }
            body.append('}').append(pick(spaces, random));

            String prepared =
                    RequestBody.prepare(Blob.utf8(body.toString()), "c").text();

            String context = "seed " + seed + " round " + round + ": " + body + " -> " + prepared;
            ObjectNode node = (ObjectNode) MAPPER.readTree(prepared);
            assertThat(node.has("stream") || node.has("deferred") || node.has("stream_options"))
                    .as(context)
                    .isFalse();
            assertThat(node.path("prompt_cache_key").asText("").equals("c"))
                    .as(context)
                    .isEqualTo(!hasKey);
            int from = 0;
            for (String member : rest.toString().split("\\|")) {
                from = prepared.indexOf(member, from);
                assertThat(from).as(context).isNotNegative();
                from += member.length();
            }
        }
    }

    private static String pick(List<String> from, SplittableRandom random) {
        return from.get(random.nextInt(from.size()));
    }
}
