package dev.weir.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

final class TopicCheckTest {
    private static final TopicPlan PLAN =
            new TopicPlan(new TopicSettings("grok.", 6, (short) 1, 2, List.of("1s", "10m"), 1 << 20, 4 << 20));

    @Test
    void shouldPlanEveryTopicOnce() {
        assertThat(PLAN.topics())
                .extracting(PlannedTopic::name)
                .containsExactly(
                        "grok.requests",
                        "grok.responses",
                        "grok.retry.1s",
                        "grok.retry.10m",
                        "grok.dlq",
                        "grok.control",
                        "grok.status",
                        "grok.permits.asks",
                        "grok.permits.inbox");
        assertThat(PLAN.topics()).filteredOn(topic -> topic.partitions() != 6).hasSize(2);
    }

    @Test
    void shouldLeaveRoomForARequestWithItsAnswer() {
        assertThat(PLAN.maxRecordBytes()).isEqualTo((5 << 20) + (64 << 10));
        assertThat(planned("grok.requests").config()).containsEntry("max.message.bytes", String.valueOf(8 << 20));
        TopicPlan large = new TopicPlan(new TopicSettings("", 1, (short) 3, 1, List.of("1s"), 32 << 20, 4 << 20));
        assertThat(large.topics().get(0).config())
                .containsEntry("max.message.bytes", String.valueOf(large.maxRecordBytes()))
                .containsEntry("min.insync.replicas", "2");
    }

    @Test
    void shouldFindNothingWhereThePlanIsFollowed() {
        assertThat(TopicCheck.findings(PLAN, actual(topic -> topic))).isEmpty();
    }

    @Test
    void shouldAcceptMoreThanThePlan() {
        List<ActualTopic> generous =
                actual(topic -> changed(topic, Map.of("max.message.bytes", "99999999", "retention.ms", "-1")));
        assertThat(TopicCheck.findings(PLAN, generous)).isEmpty();
    }

    @Test
    void shouldWantCompactionOfTheStatusTopicOnly() {
        assertThat(settingOf("grok.status", "cleanup.policy", "delete"))
                .containsExactly(
                        "grok.status is not compacted, so that it only grows; set cleanup.policy=compact for it");
        assertThat(planned("grok.status").partitions()).isEqualTo(1);
    }

    @Test
    void shouldAcceptOtherPartitionCountsWhereNothingDependsOnThem() {
        List<ActualTopic> free = actual(topic -> planned(topic.name()).work() ? topic : partitions(topic, 17));
        assertThat(TopicCheck.findings(PLAN, free)).isEmpty();
    }

    @Test
    void shouldNameEachMissingTopicAndTheCure() {
        assertThat(TopicCheck.findings(PLAN, List.of()))
                .hasSize(9)
                .first()
                .satisfies(finding ->
                        assertThat(finding.line()).isEqualTo("grok.requests is missing; create it with 'weir topics'"));
    }

    @Test
    void shouldTellToFollowTheCountThatTheRequestsHave() {
        List<ActualTopic> twelve = actual(topic -> planned(topic.name()).work() ? partitions(topic, 12) : topic);
        assertThat(TopicCheck.findings(PLAN, twelve))
                .extracting(Finding::line)
                .containsExactly("grok.requests has 12 partitions, topics.partitions is 6; "
                        + "the count is fixed for life: set topics.partitions=12");
    }

    @Test
    void shouldFindAWorkTopicWithAnotherCountThanTheRequests() {
        List<ActualTopic> uneven = actual(topic -> topic.name().equals("grok.retry.1s") ? partitions(topic, 3) : topic);
        assertThat(TopicCheck.findings(PLAN, uneven))
                .extracting(Finding::line)
                .containsExactly("grok.retry.1s has 3 partitions, grok.requests has 6; "
                        + "let it run empty and create it again with 6");
        assertThat(TopicCheck.obstacles(PLAN, uneven)).hasSize(1);
        assertThat(TopicCheck.obstacles(PLAN, List.of())).isEmpty();
    }

    @Test
    void shouldFindSettingsThatLoseOrRefuseRecords() {
        assertThat(settingOf("grok.responses", "max.message.bytes", "1048588"))
                .containsExactly("grok.responses has max.message.bytes=1048588; set max.message.bytes=5308416 for it, "
                        + "or lower requests.max.bytes or grok.max.response.bytes");
        assertThat(settingOf("grok.dlq", "cleanup.policy", "compact,delete"))
                .singleElement()
                .asString()
                .contains("compact");
        assertThat(settingOf("grok.responses", "message.timestamp.before.max.ms", "3600000"))
                .singleElement()
                .asString()
                .contains("set message.timestamp.before.max.ms=9223372036854775807");
        assertThat(settingOf("grok.responses", "retention.ms", "60000")).isEmpty();
    }

    @Test
    void shouldOnlyNoteWhatTheApplicationsDecideAndHowLongRecordsAreKept() {
        List<ActualTopic> brokerDefaults = actual(topic -> switch (topic.name()) {
            case "grok.requests", "grok.control" ->
                changed(topic, Map.of("max.message.bytes", "1048588", "message.timestamp.before.max.ms", "3600000"));
            case "grok.retry.10m", "grok.dlq" -> changed(topic, Map.of("retention.ms", "604800000"));
            default -> topic;
        });

        assertThat(TopicCheck.findings(PLAN, brokerDefaults)).isEmpty();
        assertThat(TopicCheck.notices(PLAN, brokerDefaults))
                .extracting(Finding::line)
                .containsExactly(
                        "grok.requests has max.message.bytes=1048588; set max.message.bytes=8388608 for it, "
                                + "or its producers are refused what is larger",
                        "grok.retry.10m has retention.ms=604800000; set retention.ms=1209600000 for it, "
                                + "so that no record vanishes before its time",
                        "grok.dlq has retention.ms=604800000; set retention.ms=2592000000 for it, "
                                + "so that no record vanishes before its time",
                        "grok.control has max.message.bytes=1048588; set max.message.bytes=5308416 for it, "
                                + "or its producers are refused what is larger");
        assertThat(TopicCheck.notices(PLAN, actual(topic -> topic))).isEmpty();
    }

    @Test
    void shouldFindAChangelogThatIsTooSmallForARaisedLimit() {
        Map<String, String> roomy = PLAN.changelogConfig();
        Map<String, String> small = new HashMap<>(roomy);
        small.put("max.message.bytes", "1048588");
        List<ActualTopic> changelogs = List.of(
                new ActualTopic("weir-dispatch-a-changelog", 6, 1, roomy),
                new ActualTopic("weir-dispatch-b-changelog", 6, 1, small));

        assertThat(TopicCheck.changelogs(PLAN, changelogs))
                .extracting(Finding::line)
                .containsExactly("weir-dispatch-b-changelog has max.message.bytes=1048588; raise it with"
                        + " kafka-configs.sh --bootstrap-server <broker> --alter --topic weir-dispatch-b-changelog"
                        + " --add-config max.message.bytes=5308416, or lower requests.max.bytes or"
                        + " grok.max.response.bytes");
    }

    private static List<String> settingOf(String name, String key, String value) {
        List<ActualTopic> actual =
                actual(topic -> topic.name().equals(name) ? changed(topic, Map.of(key, value)) : topic);
        return TopicCheck.findings(PLAN, actual).stream().map(Finding::line).toList();
    }

    private static PlannedTopic planned(String name) {
        return PLAN.topics().stream()
                .filter(topic -> topic.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<ActualTopic> actual(UnaryOperator<ActualTopic> change) {
        List<ActualTopic> topics = new ArrayList<>();
        PLAN.topics()
                .forEach(topic -> topics.add(change.apply(
                        new ActualTopic(topic.name(), topic.partitions(), topic.replication(), topic.config()))));
        return topics;
    }

    private static ActualTopic partitions(ActualTopic topic, int partitions) {
        return new ActualTopic(topic.name(), partitions, topic.replication(), topic.config());
    }

    private static ActualTopic changed(ActualTopic topic, Map<String, String> settings) {
        Map<String, String> config = new HashMap<>(topic.config());
        config.putAll(settings);
        return new ActualTopic(topic.name(), topic.partitions(), topic.replication(), config);
    }
}
