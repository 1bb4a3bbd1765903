package dev.weir.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.deadletter.DeadLetter;
import dev.weir.event.ResponseStatus;
import dev.weir.event.SourceCoordinates;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

final class RecordReaderTest {
    private final Headers headers = new RecordHeaders();

    @Test
    void shouldReadTheAnswerOfAResponseEvent() {
        String json = """
                {"id": "order-1", "status": "succeeded", "response": {"source": {"topic": "trap"}, "status": "trap"},
                 "metadata": {"possiblyRepeated": true}, "possiblyRepeated": false, "duplicate": true, "error": null,
                 "source": {"topic": "grok.requests", "partition": 3, "offset": 5000000000, "more": {"offset": 1}}}
                """;
        headers.add("weir-id", "order-1".getBytes(UTF_8));

        assertThat(RecordReader.answer(headers, json.getBytes(UTF_8)))
                .hasValue(new Answer(
                        "order-1",
                        new SourceCoordinates("grok.requests", 3, 5_000_000_000L),
                        ResponseStatus.SUCCEEDED,
                        false,
                        true));
    }

    @Test
    void shouldReadHeadersWhereTheValueIsNoJson() {
        headers.add("weir-status", "failed".getBytes(UTF_8));
        coordinates();

        assertThat(RecordReader.answer(headers, new byte[] {0, 0, 0, 0, 1}))
                .hasValueSatisfying(answer -> assertThat(answer.status()).isEqualTo(ResponseStatus.FAILED));
    }

    @Test
    void shouldReadNothingFromARecordThatSaysNothing() {
        assertThat(RecordReader.answer(headers, null)).isEmpty();
        assertThat(RecordReader.answer(headers, "[1]".getBytes(UTF_8))).isEmpty();
        assertThat(RecordReader.answer(headers, "{\"status\":\"done\",\"source\":7}".getBytes(UTF_8)))
                .isEmpty();
        assertThat(RecordReader.source(headers)).isEmpty();
    }

    @Test
    void shouldReadTheCoordinatesOfADeadLetter() {
        coordinates();

        assertThat(RecordReader.source(headers)).hasValue(new SourceCoordinates("grok.requests", 0, 17));
    }

    @Test
    void shouldReadTheCoordinatesThatKafkaStreamsWrites() {
        headers.add("__streams.errors.topic", "grok.requests".getBytes(UTF_8));
        headers.add("__streams.errors.partition", "2".getBytes(UTF_8));
        headers.add("__streams.errors.offset", "9".getBytes(UTF_8));

        assertThat(RecordReader.source(headers)).hasValue(new SourceCoordinates("grok.requests", 2, 9));
    }

    private void coordinates() {
        DeadLetter.coordinates(new SourceCoordinates("grok.requests", 0, 17))
                .forEach(header -> headers.add(
                        header.name(),
                        java.util.Objects.requireNonNull(header.value()).bytes()));
    }
}
