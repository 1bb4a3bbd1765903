package dev.weir.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.deadletter.BodyEdits.Result.Edited;
import dev.weir.deadletter.BodyEdits.Result.Refused;
import dev.weir.event.Blob;
import dev.weir.event.EventHeader;
import dev.weir.event.EventTranslator;
import dev.weir.event.EventTranslator.Translation.Translated;
import dev.weir.event.EventTranslator.Translation.Untranslatable;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RequestEditTest {
    private static final BodyEdits EDITS = BodyEdits.parse(List.of("model=grok-4.3"));
    private static final EventHeader SCHEMA = EventHeader.text("__value_schema_id", "id");
    private static final EventHeader OTHER = EventHeader.text("other", "x");

    @Test
    void shouldWriteAnEditedValueInItsFormatAgain() {
        RequestEdit edit = new RequestEdit(EDITS, new Prefixed());

        assertThat(edit.apply(Blob.utf8("#{\"model\":\"a\"}"), List.of()))
                .isEqualTo(new Edited(Blob.utf8("#{\"model\":\"grok-4.3\"}")));
        assertThat(edit.headers(List.of(SCHEMA, OTHER))).containsExactly(OTHER);
    }

    @Test
    void shouldKeepTheVeryBytesWithoutEdits() {
        RequestEdit none = new RequestEdit(BodyEdits.none(), new Prefixed());
        Blob value = Blob.utf8("?anything");

        assertThat(none.apply(value, List.of())).isEqualTo(new Edited(value));
        assertThat(none.headers(List.of(SCHEMA))).containsExactly(SCHEMA);
    }

    @Test
    void shouldRefuseWhatCannotBeReadOrWritten() {
        RequestEdit edit = new RequestEdit(EDITS, new Prefixed());

        assertThat(edit.apply(Blob.utf8("?"), List.of())).isEqualTo(new Refused("no #"));
        assertThat(edit.apply(Blob.utf8("#{\"bad\":1}"), List.of())).isEqualTo(new Refused("bad is bad"));
    }

    @Test
    void shouldEditTheDataOfAStructuredCloudEvent() {
        RequestEdit edit = new RequestEdit(EDITS, EventTranslator.json());
        List<EventHeader> structured = List.of(EventHeader.text("content-type", "application/cloudevents+json"));

        assertThat(edit.apply(Blob.utf8("{\"id\":\"1\",\"data\":{\"body\":{\"model\":\"a\"}}}"), structured))
                .isEqualTo(new Edited(Blob.utf8("{\"id\":\"1\",\"data\":{\"body\":{\"model\":\"grok-4.3\"}}}")));
        assertThat(edit.apply(Blob.utf8("{\"id\":\"1\",\"data_base64\":\"e30=\"}"), structured))
                .isEqualTo(new Refused("the CloudEvent has no data in JSON"));
    }

    /** A format of JSON behind a character. */
    private static final class Prefixed implements EventTranslator {
        @Override
        public Translation request(Blob value, List<EventHeader> headers) {
            return value.text().startsWith("#")
                    ? new Translated(Blob.utf8(value.text().substring(1)))
                    : new Untranslatable("no #");
        }

        @Override
        public Blob publish(Blob json) {
            if (json.text().contains("bad")) {
                throw new IllegalArgumentException("bad is bad");
            }
            return Blob.utf8("#" + json.text());
        }

        @Override
        public byte[] response(byte[] value) {
            return value;
        }
    }
}
