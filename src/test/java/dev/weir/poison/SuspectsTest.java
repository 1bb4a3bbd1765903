package dev.weir.poison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.SourceCoordinates;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

final class SuspectsTest {
    private static final SourceCoordinates AT = new SourceCoordinates("in", 1, 7);

    private final Suspects suspects = new Suspects();

    @Test
    void shouldCondemnAtTheSecondFailure() {
        suspects.blame(AT, new IllegalStateException("secret"));
        assertThat(suspects.condemned(AT)).isEmpty();

        suspects.blame(AT, new IllegalStateException("secret"));

        assertThat(suspects.condemned(AT))
                .hasValueSatisfying(why -> assertThat(why)
                        .startsWith("java.lang.IllegalStateException at dev.weir.poison.SuspectsTest:")
                        .doesNotContain("secret"));
        assertThat(suspects.condemned("in", 1)).containsExactly(7L);
        assertThat(suspects.condemned("in", 2)).isEmpty();
        assertThat(suspects.condemned(new SourceCoordinates("in", 1, 8))).isEmpty();
    }

    @Test
    void shouldNotBlameARecordForKafka() {
        for (int i = 0; i < 5; i++) {
            suspects.blame(AT, new ProducerFencedException("fenced"));
            suspects.blame(AT, new ProcessorStateException("disk full"));
        }

        assertThat(suspects.condemned(AT)).isEmpty();
    }

    @Test
    void shouldBlameARecordForWhatIsTooLarge() {
        for (int i = 0; i < 2; i++) {
            suspects.blame(AT, new StreamsException("cannot send", new RecordTooLargeException("too large")));
        }

        assertThat(suspects.condemned(AT))
                .hasValueSatisfying(why -> assertThat(why).startsWith(RecordTooLargeException.class.getName()));
    }

    @Test
    void shouldForgetTheOldestWhenThereAreTooMany() {
        suspects.blame(AT, new IllegalStateException());
        for (long offset = 100; offset < 1_100; offset++) {
            suspects.blame(new SourceCoordinates("in", 1, offset), new IllegalStateException());
        }
        suspects.blame(AT, new IllegalStateException());

        assertThat(suspects.condemned(AT)).isEmpty();
    }
}
