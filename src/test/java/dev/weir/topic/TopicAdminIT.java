package dev.weir.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.broker.EmbeddedKafka;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class TopicAdminIT {
    private static EmbeddedKafka broker;

    @BeforeAll
    static void start() {
        broker = EmbeddedKafka.start(null, 0);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void shouldCreateWhatIsMissingOnlyOnceAndFindNothingAfterwards() {
        TopicPlan plan = plan("once.", 2, (short) 1, "1s");
        try (TopicAdmin admin = connect()) {
            assertThat(TopicCheck.findings(plan, admin.describe(plan))).hasSize(8);
            assertThat(admin.createMissing(plan)).hasSize(8).first().isEqualTo("once.requests");
            assertThat(admin.createMissing(plan)).isEmpty();
            assertThat(TopicCheck.findings(plan, admin.describe(plan))).isEmpty();
        }
    }

    @Test
    void shouldAddATierLater() {
        try (TopicAdmin admin = connect()) {
            var before = admin.createMissing(plan("tiers.", 2, (short) 1, "1s"));
            assertThat(before).hasSize(8);
            assertThat(admin.createMissing(plan("tiers.", 2, (short) 1, "1s", "10s")))
                    .containsExactly("tiers.retry.10s");
        }
    }

    @Test
    void shouldRefuseAnotherPartitionCountAndCreateNothing() {
        TopicPlan more = plan("fixed.", 4, (short) 1, "1s", "10s");
        try (TopicAdmin admin = connect()) {
            assertThat(admin.createMissing(plan("fixed.", 2, (short) 1, "1s"))).isNotEmpty();
            assertThatThrownBy(() -> admin.createMissing(more))
                    .isInstanceOf(TopicFailure.class)
                    .hasMessageContaining("set topics.partitions=2");
            assertThat(admin.describe(more)).extracting(ActualTopic::name).doesNotContain("fixed.retry.10s");
        }
    }

    @Test
    void shouldExplainAReplicationThatTheClusterCannotHave() {
        try (TopicAdmin admin = connect()) {
            assertThatThrownBy(() -> admin.createMissing(plan("three.", 1, (short) 3, "1s")))
                    .isInstanceOf(TopicFailure.class)
                    .hasMessageContaining("three.requests")
                    .hasMessageContaining("topics.replication.factor");
        }
    }

    @Test
    void shouldNameTheAddressWhereNobodyAnswers() {
        try (TopicAdmin admin = new TopicAdmin(Map.of("bootstrap.servers", "127.0.0.1:1"))) {
            assertThatThrownBy(() -> admin.describe(plan("x.", 1, (short) 1, "1s")))
                    .isInstanceOf(TopicFailure.class)
                    .hasMessageContaining("bootstrap.servers=127.0.0.1:1");
        }
        assertThatThrownBy(() -> new TopicAdmin(Map.of("bootstrap.servers", "no-such-host.invalid:1")))
                .isInstanceOf(TopicFailure.class)
                .hasMessageContaining("bootstrap.servers=no-such-host.invalid:1");
    }

    private static TopicAdmin connect() {
        return new TopicAdmin(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    private static TopicPlan plan(String prefix, int partitions, short replication, String... tiers) {
        return new TopicPlan(new TopicSettings(prefix, partitions, replication, 1, List.of(tiers), 1 << 20, 4 << 20));
    }
}
