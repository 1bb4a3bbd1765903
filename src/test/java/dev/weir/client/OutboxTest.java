package dev.weir.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OutboxTest {
    private final List<String> sent = new ArrayList<>();
    private final Outbox outbox =
            new Outbox((partition, record) -> sent.add(partition + ":" + new String(record, UTF_8)));

    @Test
    void shouldGatherByPartitionInOrderUntilPushed() {
        add(1, "a");
        add(0, "b");
        add(1, "c");
        assertThat(sent).isEmpty();

        outbox.push();
        outbox.push();

        assertThat(sent).containsExactly("0:b", "1:ac");
    }

    @Test
    void shouldSendAFullRecordAtOnce() {
        add(1, "x");
        add(1, "y".repeat(40_000));

        assertThat(sent).hasSize(1);
        outbox.push();
        assertThat(sent).hasSize(1);
    }

    private void add(int partition, String message) {
        outbox.add(partition, message.getBytes(UTF_8));
    }
}
