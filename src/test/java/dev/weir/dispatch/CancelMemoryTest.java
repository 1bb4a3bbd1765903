package dev.weir.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

final class CancelMemoryTest {
    private final KeyValueStore<Bytes, byte[]> whole = Stored.inMemory();
    private final Shelf<String> store = Shelf.ids(whole);
    private final CancelMemory memory = new CancelMemory(store, Duration.ofSeconds(10));

    @Test
    void shouldGiveEachCancelOnce() {
        memory.remember("a", "why", 0);

        assertThat(memory.take("b", 1)).isNull();
        assertThat(memory.take("a", 1)).isEqualTo("why");
        assertThat(memory.take("a", 1)).isNull();
    }

    @Test
    void shouldForgetAtTheEndOfItsTime() {
        memory.remember("a", "why", 0);

        assertThat(memory.take("a", 10_000)).isNull();
        memory.remember("b", "why", 10_000);
        memory.expire(20_000);
        assertThat(whole.approximateNumEntries()).isZero();
    }

    @Test
    void shouldKeepALaterCancelOfTheSameIdOverTheExpiryOfTheFirst() {
        memory.remember("a", "first", 0);
        memory.remember("a", "second", 5_000);

        memory.expire(12_000);

        assertThat(memory.take("a", 12_000)).isEqualTo("second");
    }

    @Test
    void shouldLetTheOldestGoWhenThereAreTooMany() {
        for (int i = 0; i <= CancelMemory.MOST; i++) {
            memory.remember("id-" + i, "why", i / 100);
        }

        assertThat(memory.take("id-0", 200)).isNull();
        assertThat(memory.take("id-1", 200)).isEqualTo("why");
        assertThat(memory.take("id-" + CancelMemory.MOST, 200)).isEqualTo("why");
    }

    @Test
    void shouldKnowItAllAgainAfterARestart() {
        store.put("0:a", new byte[9]);
        memory.remember("a", "why", 0);
        memory.remember("b", "why", 1);
        memory.remember("\uD83D\uDE00", "an id beyond the plane of \uFFFF", 1);

        CancelMemory next = new CancelMemory(store, Duration.ofSeconds(10));
        next.rebuild();

        assertThat(next.take("a", 5)).isEqualTo("why");
        next.expire(10_001);
        assertThat(next.take("b", 5)).as("expired").isNull();
        assertThat(next.take("\uD83D\uDE00", 5)).as("expired").isNull();
        assertThat(store.get("0:a")).as("an outcome").isNotNull();
    }

    @Test
    void shouldRememberNothingWithoutMemory() {
        CancelMemory none = new CancelMemory(store, Duration.ZERO);
        none.remember("a", "why", 0);

        assertThat(none.take("a", 0)).isNull();
    }
}
