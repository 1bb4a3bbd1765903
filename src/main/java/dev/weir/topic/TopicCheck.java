package dev.weir.topic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Compares topics as they are with the plan. Pure. */
public final class TopicCheck {
    private TopicCheck() {}

    /**
     * A topic as it is.
     *
     * @param partitions how many
     * @param maxMessageBytes its max.message.bytes
     * @param timestampBeforeMaxMillis its message.timestamp.before.max.ms
     */
    public record ActualTopic(int partitions, int maxMessageBytes, long timestampBeforeMaxMillis) {}

    /** What is wrong, one line each with the cure; empty when all is well. */
    public static List<String> findings(TopicPlan plan, Map<String, ActualTopic> actual) {
        List<String> findings = new ArrayList<>();
        for (PlannedTopic planned : plan.topics()) {
            ActualTopic topic = actual.get(planned.name());
            if (topic == null) {
                findings.add("topic " + planned.name() + " is missing; create it with 'weir topics'");
                continue;
            }
            if (!planned.anyCount() && topic.partitions() != planned.partitions()) {
                findings.add("topic " + planned.name() + " has " + topic.partitions()
                        + " partitions, topics.partitions is " + planned.partitions()
                        + "; all work topics need the same number, which is fixed for life");
            }
            if (topic.maxMessageBytes() < planned.minMessageBytes()) {
                findings.add("topic " + planned.name() + " has max.message.bytes = " + topic.maxMessageBytes()
                        + ", needed are " + planned.minMessageBytes() + "; raise it, or lower requests.max.bytes and"
                        + " grok.max.response.bytes");
            }
        }
        return findings;
    }
}
