package dev.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestInputTest {
    @Test
    void shouldGiveEveryLineVerbatimAndPassOverBlankOnes() throws IOException {
        byte[] junk = {(byte) 0xff, '\n', '\n', ' ', '\r', '\n', ' ', '{', '}', '\r', '\n', 'x'};
        RequestInput input = new RequestInput(new ByteArrayInputStream(junk));

        assertThat(input.next()).containsExactly(0xff);
        assertThat(input.next()).isEqualTo(" {}".getBytes(UTF_8));
        assertThat(input.next()).isEqualTo("x".getBytes(UTF_8));
        assertThat(input.next()).isNull();
    }

    @Test
    void shouldMakeABareBodyOfAPrompt() throws IOException {
        RequestInput input = RequestInput.prompt("a \"quoted\"\nquestion ü", "grok-4.5");

        assertThat(new String(java.util.Objects.requireNonNull(input.next()), UTF_8))
                .isEqualTo("{\"model\":\"grok-4.5\",\"messages\":[{\"role\":\"user\","
                        + "\"content\":\"a \\\"quoted\\\"\\nquestion ü\"}]}");
        assertThat(input.next()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " {\"messages\":[]}",
                "{\"id\":\"a\",\n \"body\":{\"model\":\"grok-4.5\"}}\n",
                "{\"custom_id\":\"a\",\"body\":null}"
            })
    void shouldTakeARequestAsArgumentVerbatim(String request) throws IOException {
        RequestInput input = RequestInput.argument(request, "grok-4.5");

        assertThat(input.next()).isEqualTo(request.getBytes(UTF_8));
        assertThat(input.next()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "why is the sky blue?",
                "body",
                "[\"messages\"]",
                "{\"id\":\"a\"}",
                "{\"messages\":[]",
                "{\"messages\":[]} what is this?"
            })
    void shouldTakeAnyOtherArgumentAsAPrompt(String text) throws IOException {
        assertThat(RequestInput.argument(text, "grok-4.5").next())
                .isEqualTo(RequestInput.prompt(text, "grok-4.5").next());
    }

    @Test
    void shouldReadTheIdOfTheTopLevelOnly() {
        assertThat(id("{\"body\":{\"id\":\"inner\"},\"id\":\"outer\"}")).isEqualTo("outer");
        assertThat(id("{\"custom_id\":\"line-1\",\"method\":\"POST\"}")).isEqualTo("line-1");
        assertThat(id("{\"custom_id\":\"b\",\"id\":\"a\"}")).isEqualTo("a");
        assertThat(id("{\"id\":7,\"messages\":[{\"id\":\"x\"}]}")).isNull();
    }

    @Test
    void shouldReadNoIdFromJunk() {
        assertThat(id("")).isNull();
        assertThat(id("[\"id\"]")).isNull();
        assertThat(id("{\"id")).isNull();
    }

    private static @org.jspecify.annotations.Nullable String id(String json) {
        return RequestInput.idOf(json.getBytes(UTF_8));
    }
}
