package dev.weir.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class JournalTest {
    private final Journal journal = new Journal(3);

    @Test
    void shouldKeepTheLatestAndSumAll() {
        for (int i = 0; i < 5; i++) {
            journal.append(entry("r" + i).ended(200, "ok", true));
        }

        assertThat(journal.entries()).extracting(JournalEntry::clientRequestId).containsExactly("r2", "r3", "r4");
        assertThat(journal.entries()).extracting(JournalEntry::seq).containsExactly(2L, 3L, 4L);
        assertThat(journal.totals().requests()).isEqualTo(5);
        assertThat(journal.totals().ok()).isEqualTo(5);
        assertThat(journal.totals().promptTokens()).isEqualTo(50);
    }

    @Test
    void shouldReplaceAnEntryAndItsShareOfTheSums() {
        JournalEntry open = journal.append(entry("a"));
        assertThat(journal.totals().otherFailures()).isZero();

        JournalEntry ok = open.ended(200, "ok", true);
        journal.replace(open, ok);
        journal.replace(ok, ok.ended(200, "ok", false));

        assertThat(journal.entries())
                .singleElement()
                .satisfies(e -> assertThat(e.answered()).isFalse());
        assertThat(journal.totals().ok()).isZero();
        assertThat(journal.totals().otherFailures()).isEqualTo(1);
        assertThat(journal.totals().requests()).isEqualTo(1);
    }

    @Test
    void shouldStillSumTheEndOfAnEntryThatIsNoLongerKept() {
        JournalEntry open = journal.append(entry("a"));
        for (int i = 0; i < 3; i++) {
            journal.append(entry("later"));
        }

        journal.replace(open, open.ended(429, "rate_limited", true));

        assertThat(journal.entries()).extracting(JournalEntry::clientRequestId).containsOnly("later");
        assertThat(journal.totals().tooMany()).isEqualTo(1);
    }

    @Test
    void shouldDropTheEndOfWhatBeganBeforeAReset() {
        JournalEntry open = journal.append(entry("a"));
        journal.clear();
        JournalEntry next = journal.append(entry("b"));

        journal.replace(open, open.ended(200, "ok", true));

        assertThat(journal.entries()).containsExactly(next);
        assertThat(journal.totals().ok()).isZero();
    }

    private static JournalEntry entry(String id) {
        return new JournalEntry(0, Instant.EPOCH, 0, id, "grok-4.7", 0, JournalEntry.IN_FLIGHT, 10, 1, 1, 1, false);
    }
}
