package dev.weir.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.status.ReportLedger.Publication;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReportLedgerTest {
    private final ReportLedger ledger = new ReportLedger();

    @Test
    void shouldRepeatANewScopeAndThenTellChangesOnly() {
        assertThat(ledger.next(List.of(report(0, 5)), 0)).hasSize(1);
        assertThat(ledger.next(List.of(report(2_000, 5)), 2_000)).as("new").hasSize(1);
        assertThat(ledger.next(List.of(report(12_000, 5)), 12_000)).isEmpty();
        assertThat(ledger.next(List.of(report(14_000, 6)), 14_000))
                .as("changed")
                .hasSize(1);
        assertThat(ledger.next(List.of(report(16_000, 6)), 16_000)).isEmpty();
    }

    @Test
    void shouldGiveASignOfLife() {
        ledger.next(List.of(report(0, 5)), 0);
        ledger.next(List.of(report(10_000, 5)), 10_000);

        assertThat(ledger.next(List.of(report(39_999, 5)), 39_999)).isEmpty();
        assertThat(ledger.next(List.of(report(40_000, 5)), 40_000)).hasSize(1);
    }

    @Test
    void shouldBuryALostScopeOnce() {
        ledger.next(List.of(report(0, 5)), 0);

        assertThat(ledger.next(List.of(), 2_000)).containsExactly(new Publication("m", null));
        assertThat(ledger.next(List.of(), 4_000)).isEmpty();
        assertThat(ledger.next(List.of(report(50_000, 5)), 50_000))
                .as("back again")
                .hasSize(1);
    }

    private static ScopeReport report(long at, int waiting) {
        return new ScopeReport("m", at, "i", waiting, 1, 10, 2, 20, 0, 0, 0, 20, 0, "none", 0, at / 10, List.of());
    }
}
