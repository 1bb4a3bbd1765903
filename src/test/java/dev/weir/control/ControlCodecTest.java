package dev.weir.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.weir.control.ControlCommand.Cancel;
import dev.weir.control.ControlCommand.Resume;
import dev.weir.control.ControlFormat.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ControlCodecTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void shouldReadWhatItWrote() throws IOException {
        for (ControlCommand command :
                List.of(new Cancel("a \"b\"", "too late"), new Cancel("grok.requests-0-7", null), new Resume("m"))) {
            byte[] json = ControlCodec.write(command);

            assertThat(ControlCodec.read(json)).isEqualTo(new Reading.Understood(command));
            assertThat(problems(new String(json, UTF_8)))
                    .as(new String(json, UTF_8))
                    .isEmpty();
        }
    }

    @Test
    void shouldIgnoreFieldsItDoesNotKnow() {
        assertThat(read("{\"command\":\"cancel\",\"id\":\"a\",\"note\":null,\"by\":{\"who\":1}}"))
                .isEqualTo(new Reading.Understood(new Cancel("a", null)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "7",
                "{}",
                "{\"command\":\"stop\"}",
                "{\"command\":1}",
                "{\"command\":\"cancel\"}",
                "{\"command\":\"cancel\",\"id\":\"\"}",
                "{\"command\":\"cancel\",\"id\":7}",
                "{\"command\":\"cancel\",\"id\":\"a\\nb\"}",
                "{\"command\":\"cancel\",\"id\":\"a\",\"note\":7}",
                "{\"command\":\"resume\"}",
                "{\"command\":\"resume\",\"scope\":null}"
            })
    void shouldRefuseWhatTheSchemaRefuses(String text) throws IOException {
        assertThat(read(text)).isInstanceOf(Reading.Unreadable.class);
        assertThat(problems(text)).as("what the schema says of " + text).isNotEmpty();
    }

    @Test
    void shouldRefuseWhatIsNoJson() {
        for (String text : List.of("", "{", "{\"command\":\"resume\",\"scope\":\"a\"} x", "\u0000")) {
            assertThat(read(text)).as(text).isInstanceOf(Reading.Unreadable.class);
        }
        assertThat(ControlCodec.read(null)).isInstanceOf(Reading.Unreadable.class);
        assertThat(read("{\"command\":\"cancel\",\"command\":\"resume\",\"scope\":\"a\"}"))
                .as("a field twice")
                .isInstanceOf(Reading.Unreadable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\ud800", "\\udc00", "\\udc00\\ud800x"})
    void shouldRefuseHalfACharacterThatNoMessageCanCarry(String half) {
        assertThat(read("{\"command\":\"cancel\",\"id\":\"a" + half + "\"}")).isInstanceOf(Reading.Unreadable.class);
        assertThat(read("{\"command\":\"resume\",\"scope\":\"a" + half + "\"}")).isInstanceOf(Reading.Unreadable.class);
        assertThat(read("{\"command\":\"cancel\",\"id\":\"a\",\"note\":\"a" + half + "\"}"))
                .isInstanceOf(Reading.Unreadable.class);
        assertThat(read("{\"command\":\"cancel\",\"id\":\"\\ud83c\\udf88\",\"note\":\"\\ud83c\\udf88\"}"))
                .isEqualTo(new Reading.Understood(new Cancel("🎈", "🎈")));
    }

    @Test
    void shouldNameTheFieldTheValueAndTheCure() {
        assertThat(read("{\"command\":\"stop\"}"))
                .isEqualTo(new Reading.Unreadable("command is \"stop\"; write cancel or resume"));
        assertThat(read("{\"command\":\"cancel\",\"id\":\"a\",\"note\":\"" + "n".repeat(501) + "\"}"))
                .asString()
                .contains("note is \"nnn", "at most 500 characters");
    }

    private static Reading read(String text) {
        return ControlCodec.read(text.getBytes(UTF_8));
    }

    private static List<String> problems(String text) throws IOException {
        String schema = Files.readString(Path.of("schemas", "control.schema.json"));
        JsonSchema checker = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(schema);
        return checker.validate(JSON.readTree(text)).stream()
                .map(Object::toString)
                .toList();
    }
}
