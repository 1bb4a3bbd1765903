package dev.weir.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.ResponseStatus;
import dev.weir.event.SourceCoordinates;
import org.junit.jupiter.api.Test;

final class ReportTableTest {
    private final VerifierState state = new VerifierState("r");

    @Test
    void shouldShowCountsAndTheVerdict() {
        state.range(0, 0, 2_000);
        for (int offset = 0; offset < 2_000; offset++) {
            state.request(0, offset);
            state.response(
                    new Answer("id", new SourceCoordinates("r", 0, offset), ResponseStatus.SUCCEEDED, false, false));
        }

        assertThat(ReportTable.of(state.report(true)))
                .contains("accepted requests                       2,000")
                .contains("  succeeded                             2,000")
                .doesNotContain("repeated calls", "open")
                .endsWith("KEPT: one terminal outcome per accepted request\n");
    }

    @Test
    void shouldShowExamplesAndHowManyMore() {
        state.range(0, 0, 25);
        for (int offset = 0; offset < 25; offset++) {
            state.request(0, offset);
        }

        assertThat(ReportTable.of(state.report(true)))
                .contains("      r-0-19\n      … and 5 more\n")
                .endsWith("BROKEN: one terminal outcome per accepted request does not hold\n");
        assertThat(ReportTable.of(state.report(false))).endsWith("KEPT so far: 25 requests are still open\n");
    }
}
