package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.ProgressBar.State;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ProgressBarTest {
    private final StringWriter text = new StringWriter();
    private long nanos = 1_000;

    @Test
    void shouldRenderTheShareTheRateAndTheTimeLeft() {
        assertThat(ProgressBar.render(new State("answered", 60, 2, 240), Duration.ofSeconds(20)))
                .isEqualTo("[######------------------]  25 % 60/240 answered, 2 not succeeded, 3.0/s, 1 min 0 s left");
    }

    @Test
    void shouldRenderOnlyWhatIsKnown() {
        assertThat(ProgressBar.render(new State("published", 0, 0, 0), Duration.ZERO))
                .isEqualTo("0 published");
        assertThat(ProgressBar.render(new State("answered", 0, 0, 5), Duration.ofMinutes(1)))
                .isEqualTo("[------------------------]   0 % 0/5 answered");
        assertThat(ProgressBar.render(new State("answered", 9, 0, 5), Duration.ofSeconds(3)))
                .isEqualTo("[########################] 100 % 9/5 answered, 3.0/s");
    }

    @Test
    void shouldFitAnOrdinaryTerminal() {
        State large = new State("answered", 999_999, 99_999, 1_000_000);
        assertThat(ProgressBar.render(large, Duration.ofHours(3))).hasSizeLessThan(100);
    }

    @Test
    void shouldRedrawInPlaceOnATerminalAndNotTooOften() {
        ProgressBar bar = bar(true);

        bar.show(new State("answered", 1, 0, 2));
        bar.show(new State("answered", 2, 0, 2));
        nanos += 100_000_000L;
        bar.show(new State("answered", 2, 0, 2));
        bar.clear();
        bar.clear();

        assertThat(text.toString())
                .isEqualTo("\r\u001b[K[############------------]  50 % 1/2 answered"
                        + "\r\u001b[K[########################] 100 % 2/2 answered\r\u001b[K");
    }

    @Test
    void shouldWriteALineEveryTenSecondsElsewhere() {
        ProgressBar bar = bar(false);

        for (int second = 0; second < 25; second++) {
            bar.show(new State("answered", 1, 0, 2));
            nanos += 1_000_000_000L;
        }
        bar.clear();

        assertThat(text.toString().lines()).hasSize(2).allMatch(line -> line.startsWith("[####"));
        assertThat(text.toString()).doesNotContain("\u001b");
    }

    private ProgressBar bar(boolean terminal) {
        return new ProgressBar(new PrintWriter(text), terminal, () -> nanos);
    }
}
