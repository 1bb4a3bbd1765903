package dev.weir.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

final class KnownOffsetsTest {
    private static final TopicPartition PARTITION = new TopicPartition("requests", 0);

    private final KnownOffsets offsets = new KnownOffsets();

    @Test
    void shouldTakeNothingForCommittedOfWhichItHasNotHeard() {
        assertThat(offsets.firstUncommitted(PARTITION)).isZero();
    }

    @Test
    void shouldFollowTheGroupAlsoBackwards() {
        offsets.committed(Map.of(PARTITION, new OffsetAndMetadata(7)));
        assertThat(offsets.firstUncommitted(PARTITION)).isEqualTo(7);

        Map<TopicPartition, OffsetAndMetadata> none = new HashMap<>();
        none.put(PARTITION, null);
        offsets.committed(none);
        assertThat(offsets.firstUncommitted(PARTITION)).isZero();
    }
}
