package dev.weir.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FramingTest {
    private static final byte[] VALUE = {7, 8, 9};

    @ParameterizedTest
    @ValueSource(ints = {1, 255, 256, Integer.MAX_VALUE})
    void shouldReadWhatItFrames(int id) {
        byte[] framed = Framing.frame(id, VALUE);

        assertThat(framed).startsWith(0).hasSize(VALUE.length + 5);
        assertThat(Framing.read(framed, null)).contains(new Framing.Frame(new SchemaRef.ById(id), 5));
    }

    @Test
    void shouldReadTheIdOfAHeaderBeforeThatOfTheValue() {
        UUID guid = UUID.fromString("0ee8bd3f-0b4b-4a6e-8f14-8ff0a0a3a6b9");
        byte[] header = ByteBuffer.allocate(17)
                .put((byte) 1)
                .putLong(guid.getMostSignificantBits())
                .putLong(guid.getLeastSignificantBits())
                .array();

        assertThat(Framing.read(VALUE, header)).contains(new Framing.Frame(new SchemaRef.ByGuid(guid), 0));
        assertThat(Framing.read(VALUE, new byte[] {0, 0, 0, 1, 2}))
                .contains(new Framing.Frame(new SchemaRef.ById(258), 0));
    }

    @Test
    void shouldTakeTheValueWhenTheHeaderMeansNothing() {
        byte[] framed = Framing.frame(3, VALUE);

        assertThat(Framing.read(framed, new byte[] {2, 2})).contains(new Framing.Frame(new SchemaRef.ById(3), 5));
    }

    @Test
    void shouldFindNoFrameInOtherValues() {
        assertThat(Framing.read("{\"model\":1}".getBytes(java.nio.charset.StandardCharsets.UTF_8), null))
                .isEmpty();
        assertThat(Framing.read(new byte[] {0, 0, 0, 1}, null)).isEmpty();
        assertThat(Framing.read(new byte[0], null)).isEmpty();
    }

    @Test
    void shouldNameSubjectsByTheStrategy() {
        assertThat(SubjectNames.TOPIC.subject("t", "n.R")).isEqualTo("t-value");
        assertThat(SubjectNames.RECORD.subject("t", "n.R")).isEqualTo("n.R");
        assertThat(SubjectNames.TOPIC_RECORD.subject("t", "n.R")).isEqualTo("t-n.R");
        assertThat(SubjectNames.parse("topic-record")).contains(SubjectNames.TOPIC_RECORD);
        assertThat(SubjectNames.parse("TOPIC")).isEmpty();
    }
}
