package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.client.LostWritesFail;
import dev.weir.config.ConfigLoader;
import dev.weir.config.WeirConfig;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

/** What the clients of the two applications are told in the end. */
final class StreamsSettingsTest {
    @Test
    void shouldChooseWhatTheUserLeavesOpen() {
        StreamsSettings settings = settings();

        assertThat(producer(settings.dispatch()))
                .containsEntry("linger.ms", 20)
                .containsEntry("retry.backoff.ms", 5L)
                .containsEntry("max.in.flight.requests.per.connection", 1)
                .containsEntry("max.request.size", 5_308_416)
                .containsEntry("transaction.timeout.ms", 15_000);
        assertThat(consumer(settings.dispatch()))
                .containsEntry("max.poll.records", 100)
                .containsEntry("max.partition.fetch.bytes", 1_048_576)
                .containsEntry("session.timeout.ms", 6_000);
        assertThat(settings.dispatch()).containsEntry("poll.ms", 10L).containsEntry("max.task.idle.ms", -1L);
        assertThat(settings.admission())
                .containsEntry("poll.ms", 5L)
                .containsEntry("rocksdb.config.setter", SharedRocksMemory.class)
                .containsEntry("weir.state.memory.bytes", 128L << 20);
    }

    /** Where writes are not undone together. */
    @Test
    void shouldEndAThreadThatLosesAWriteOutsideOfTransactions() {
        String handler = "production.exception.handler";

        assertThat(settings().admission()).containsEntry(handler, LostWritesFail.class);
        assertThat(settings("processing.guarantee=at_least_once").dispatch())
                .containsEntry(handler, LostWritesFail.class);
        assertThat(settings().dispatch()).doesNotContainKey(handler);
    }

    @Test
    void shouldLingerOnlyForWhatACommitFlushes() {
        assertThat(producer(settings().dispatch())).containsEntry("linger.ms", 20);
        assertThat(producer(settings("processing.guarantee=at_least_once").dispatch()))
                .containsEntry("linger.ms", 0);
        assertThat(producer(settings().admission())).containsEntry("linger.ms", 0);
        assertThat(producer(settings("kafka.producer.delivery.timeout.ms=30000").dispatch()))
                .as("which has to be the request timeout and the lingering at least")
                .containsEntry("linger.ms", 0);
    }

    @Test
    void shouldLetTheUsersValueWinUnderItsClientsPrefix() {
        StreamsSettings settings = settings(
                "kafka.producer.linger.ms=3",
                "kafka.producer.retry.backoff.ms=40",
                "kafka.consumer.max.poll.records=7",
                "kafka.consumer.max.partition.fetch.bytes=99999",
                "kafka.streams.poll.ms=20",
                "kafka.streams.topic.segment.bytes=1000000");

        assertThat(producer(settings.dispatch()))
                .containsEntry("linger.ms", "3")
                .containsEntry("retry.backoff.ms", "40");
        assertThat(producer(settings.admission())).containsEntry("linger.ms", "3");
        assertThat(consumer(settings.dispatch()))
                .containsEntry("max.poll.records", "7")
                .containsEntry("max.partition.fetch.bytes", "99999");
        assertThat(settings.admission()).containsEntry("poll.ms", "20");
        assertThat(settings.dispatch()).containsEntry("topic.segment.bytes", "1000000");
        assertThat(settings.permits()).containsEntry("linger.ms", "3").containsEntry("max.request.size", 5_308_416);
    }

    @Test
    void shouldLetTheUsersValueForAllClientsWinToo() {
        StreamsSettings settings = settings("kafka.linger.ms=3", "kafka.max.poll.records=7");

        assertThat(producer(settings.dispatch())).containsEntry("linger.ms", "3");
        assertThat(consumer(settings.dispatch())).containsEntry("max.poll.records", "7");
    }

    private static Map<String, Object> producer(Properties settings) {
        return new StreamsConfig(settings).getProducerConfigs("p");
    }

    private static Map<String, Object> consumer(Properties settings) {
        return new StreamsConfig(settings).getMainConsumerConfigs("g", "c", 0);
    }

    private static StreamsSettings settings(String... overrides) {
        WeirConfig config = ConfigLoader.load(null, List.of(overrides), Map.of());
        return new StreamsSettings(config, "me", Gateway.topicPlan(config));
    }
}
