package dev.weir.topic;

import static dev.weir.topic.TopicPlan.CLEANUP_POLICY;
import static dev.weir.topic.TopicPlan.COMPACT;
import static dev.weir.topic.TopicPlan.MAX_MESSAGE_BYTES;
import static dev.weir.topic.TopicPlan.OLDEST_TIMESTAMP;
import static dev.weir.topic.TopicPlan.RETENTION_MS;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares the topics of a cluster with the plan. Pure. */
public final class TopicCheck {
    private static final String OR_LOWER = ", or lower requests.max.bytes or grok.max.response.bytes";

    private final TopicPlan plan;
    private final Map<String, ActualTopic> actual;
    private final List<Finding> findings = new ArrayList<>();
    private final List<Finding> notices = new ArrayList<>();

    private TopicCheck(TopicPlan plan, Collection<ActualTopic> actual) {
        this.plan = plan;
        this.actual = actual.stream().collect(Collectors.toMap(ActualTopic::name, Function.identity()));
    }

    /** Everything that would break a promise, in the order of the plan; topics outside the plan are ignored. */
    public static List<Finding> findings(TopicPlan plan, Collection<ActualTopic> actual) {
        TopicCheck check = new TopicCheck(plan, actual);
        plan.topics().forEach(check::check);
        return List.copyOf(check.findings);
    }

    /** What breaks no promise and is still not as planned; of requests and commands the applications decide. */
    public static List<Finding> notices(TopicPlan plan, Collection<ActualTopic> actual) {
        TopicCheck check = new TopicCheck(plan, actual);
        plan.topics().forEach(check::check);
        return List.copyOf(check.notices);
    }

    /**
     * Changelogs that refuse what the gateway may write, which would end its threads: Kafka Streams gives them their
     * settings when it creates them, and never again.
     *
     * @param changelogs those that exist
     */
    public static List<Finding> changelogs(TopicPlan plan, Collection<ActualTopic> changelogs) {
        List<Finding> findings = new ArrayList<>();
        for (ActualTopic topic : changelogs) {
            checkChangelog(topic, MAX_MESSAGE_BYTES, plan, OR_LOWER, findings);
            checkChangelog(topic, OLDEST_TIMESTAMP, plan, "", findings);
        }
        return findings;
    }

    private static void checkChangelog(
            ActualTopic topic, String key, TopicPlan plan, String addition, List<Finding> into) {
        String needed = plan.changelogConfig().get(key);
        if (isBelow(topic.config().get(key), needed)) {
            String cure = "raise it with kafka-configs.sh --bootstrap-server <broker> --alter --topic " + topic.name()
                    + " --add-config " + key + "=" + needed + addition;
            into.add(new Finding(
                    topic.name(), "has " + key + "=" + topic.config().get(key), cure));
        }
    }

    /** Kafka writes -1 for no limit. */
    private static boolean isBelow(@Nullable String found, @Nullable String needed) {
        if (found == null || needed == null) {
            return false;
        }
        long value = Long.parseLong(found);
        return value >= 0 && value < Long.parseLong(needed);
    }

    /** Only what forbids to create the missing topics: work topics whose partitions are not as many as planned. */
    static List<Finding> obstacles(TopicPlan plan, Collection<ActualTopic> actual) {
        TopicCheck check = new TopicCheck(plan, actual);
        plan.topics().stream()
                .filter(topic -> check.actual.containsKey(topic.name()))
                .forEach(check::checkPartitions);
        return List.copyOf(check.findings);
    }

    private void check(PlannedTopic topic) {
        if (!actual.containsKey(topic.name())) {
            findings.add(new Finding(topic.name(), "is missing", "create it with 'weir topics'"));
            return;
        }
        checkPartitions(topic);
        if (isWrittenByOthersOnly(topic)) {
            checkMinimum(topic, MAX_MESSAGE_BYTES, ", or its producers are refused what is larger", notices);
        } else {
            checkMinimum(topic, MAX_MESSAGE_BYTES, OR_LOWER, findings);
            checkMinimum(topic, OLDEST_TIMESTAMP, "", findings);
        }
        if (topic.work() || topic.name().equals(plan.deadLetters())) {
            checkMinimum(topic, RETENTION_MS, ", so that no record vanishes before its time", notices);
        }
        checkPolicy(topic);
    }

    private boolean isWrittenByOthersOnly(PlannedTopic topic) {
        return topic.name().equals(plan.requests()) || topic.name().equals(plan.control());
    }

    private void checkPolicy(PlannedTopic topic) {
        boolean mayBeCompacted = COMPACT.equals(topic.config().get(CLEANUP_POLICY));
        String policy = setting(topic, CLEANUP_POLICY);
        if (policy == null || policy.contains(COMPACT) == mayBeCompacted) {
            return;
        }
        if (mayBeCompacted) {
            find(topic, "is not compacted, so that it only grows", "set cleanup.policy=compact for it");
        } else {
            find(topic, "is compacted, which loses records", "set cleanup.policy=delete for it");
        }
    }

    private void checkPartitions(PlannedTopic topic) {
        ActualTopic found = actual.get(topic.name());
        if (!topic.work() || found == null || found.partitions() == plan.partitions()) {
            return;
        }
        ActualTopic requests = actual.get(plan.requests());
        String problem = "has " + found.partitions() + " partitions";
        if (found.name().equals(plan.requests())) {
            find(
                    topic,
                    problem + ", topics.partitions is " + plan.partitions(),
                    "the count is fixed for life: set topics.partitions=" + found.partitions());
        } else if (requests == null || requests.partitions() != found.partitions()) {
            int needed = requests == null ? plan.partitions() : requests.partitions();
            find(
                    topic,
                    problem + ", " + plan.requests() + " has " + needed,
                    "let it run empty and create it again with " + needed);
        }
    }

    private void checkMinimum(PlannedTopic topic, String key, String addition, List<Finding> into) {
        String found = setting(topic, key);
        String needed = topic.config().get(key);
        if (isBelow(found, needed)) {
            String cure = "set " + key + "=" + needed + " for it" + addition;
            into.add(new Finding(topic.name(), "has " + key + "=" + found, cure));
        }
    }

    private @Nullable String setting(PlannedTopic topic, String key) {
        ActualTopic found = actual.get(topic.name());
        return found == null ? null : found.config().get(key);
    }

    private void find(PlannedTopic topic, String problem, String cure) {
        findings.add(new Finding(topic.name(), problem, cure));
    }
}
