package dev.weir.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.event.Blob;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BodyEditsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'model':'a'}|model=grok-4.3|{'model':'grok-4.3'}",
                "{'model':'a'}|body.model=b|{'model':'b'}",
                "{'body':{'model':'a'},'id':'x'}|model=b|{'body':{'model':'b'},'id':'x'}",
                "{'model':'a'}|temperature=0.5|{'model':'a','temperature':0.5}",
                "{'model':'a'}|stop=null|{'model':'a','stop':null}",
                "{'model':'a'}|user='5'|{'model':'a','user':'5'}",
                "{'model':'a'}|response_format.type=json_object|{'model':'a','response_format':{'type':'json_object'}}",
                "{'messages':[{'content':'x'}]}|messages.0.content=y=z|{'messages':[{'content':'y=z'}]}",
                "{'messages':[1,2]}|messages.1=3|{'messages':[1,3]}"
            })
    void shouldEditTheBodyWhereverItIs(String before, String edit, String after) {
        assertThat(edited(json(before), json(edit))).isEqualTo(json(after));
    }

    @Test
    void shouldKeepTheBytesWithoutEdits() {
        Blob value = Blob.utf8(" {\"a\" : 1.00 }");

        assertThat(BodyEdits.none().apply(value)).isEqualTo(new BodyEdits.Result.Edited(value));
    }

    @Test
    void shouldKeepTheDigitsOfNumbersItDoesNotEdit() {
        String value = "{\"a\":1.10,\"b\":12345678901234567890123,\"c\":1e400,\"model\":\"x\"}";

        assertThat(edited(value, "model=y"))
                .contains("\"a\":1.10")
                .contains("\"b\":12345678901234567890123")
                .containsPattern("\"c\":1E\\+?400");
    }

    @Test
    void shouldNotCarryOneValuesEditsIntoTheNext() {
        BodyEdits edits = BodyEdits.parse(List.of("a={}", "a.b=1"));
        BodyEdits.Result first = edits.apply(Blob.utf8("{}"));

        assertThat(edits.apply(Blob.utf8("{}"))).isEqualTo(first);
        assertThat(((BodyEdits.Result.Edited) first).value().text()).isEqualTo("{\"a\":{\"b\":1}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]|model=x|the value is not one JSON object",
                "{|model=x|the value is not JSON that can be edited",
                "{} {}|model=x|the value is not JSON that can be edited",
                "{'a':1,'a':2}|model=x|the value is not JSON that can be edited",
                "{'messages':[1]}|messages.1.content=x|the body has no place for messages.1.content",
                "{'messages':[1]}|messages.1=x|the body has no place for messages.1",
                "{'model':'x'}|model.name=y|the body has no place for model.name"
            })
    void shouldSayWhyAnEditCannotBeMade(String before, String edit, String why) {
        assertThat(BodyEdits.parse(List.of(edit)).apply(Blob.utf8(json(before))))
                .isEqualTo(new BodyEdits.Result.Refused(why));
    }

    @ParameterizedTest
    @ValueSource(strings = {"model", "=x", "a..b=1", ".a=1", "body.=1"})
    void shouldRefuseWhatIsNoEdit(String text) {
        assertThatThrownBy(() -> BodyEdits.parse(List.of(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "--set " + text + " is no edit; write a path in the body and a value, such as model=grok-4.3");
    }

    private static String edited(String value, String edit) {
        return ((BodyEdits.Result.Edited) BodyEdits.parse(List.of(edit)).apply(Blob.utf8(value)))
                .value()
                .text();
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }
}
