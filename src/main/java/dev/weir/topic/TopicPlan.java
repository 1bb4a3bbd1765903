package dev.weir.topic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/** Names and settings of every topic of a gateway. Pure. */
public final class TopicPlan {
    /** Requests up to this size reach Weir even when it refuses them, so that they can be answered. */
    private static final int REFUSABLE_BYTES = 8 * 1024 * 1024;

    private static final Duration PERMITS_RETENTION = Duration.ofHours(1);
    private static final int PERMITS_SEGMENT_BYTES = 64 * 1024 * 1024;

    private final TopicSettings settings;

    /** The plan of these settings. */
    public TopicPlan(TopicSettings settings) {
        this.settings = settings;
    }

    /** New requests. */
    public String requests() {
        return settings.prefix() + "requests";
    }

    /** Outcomes. */
    public String responses() {
        return settings.prefix() + "responses";
    }

    /** A delay tier. */
    public String retry(String tier) {
        return settings.prefix() + "retry." + tier;
    }

    /** What failed for good. */
    public String dlq() {
        return settings.prefix() + "dlq";
    }

    /** Commands. */
    public String control() {
        return settings.prefix() + "control";
    }

    /** From dispatch to admission. */
    public String asks() {
        return settings.prefix() + "permits.asks";
    }

    /** From admission to dispatch. */
    public String inbox() {
        return settings.prefix() + "permits.inbox";
    }

    /** How many copies each topic has. */
    public short replicationFactor() {
        return settings.replicationFactor();
    }

    /** Every topic, in the order of the table in the documentation. */
    public List<PlannedTopic> topics() {
        List<PlannedTopic> all = new ArrayList<>();
        int refusable = Math.max(REFUSABLE_BYTES, settings.requestMaxBytes());
        all.add(work(requests(), settings.requestMaxBytes(), refusable, Map.of()));
        all.add(work(responses(), settings.outputMaxBytes(), settings.outputMaxBytes(), Map.of()));
        for (String tier : settings.tiers()) {
            all.add(work(retry(tier), settings.outputMaxBytes(), settings.outputMaxBytes(), Map.of()));
        }
        all.add(work(dlq(), settings.outputMaxBytes(), settings.outputMaxBytes(), forever()));
        all.add(new PlannedTopic(control(), 1, true, 0, Map.of()));
        all.add(new PlannedTopic(asks(), settings.asksPartitions(), true, 0, shortLived()));
        all.add(work(inbox(), 0, REFUSABLE_BYTES, shortLived()));
        return all;
    }

    private PlannedTopic work(String name, int minMessageBytes, int maxMessageBytes, Map<String, String> more) {
        Map<String, String> config = new java.util.HashMap<>(more);
        config.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(maxMessageBytes));
        return new PlannedTopic(name, settings.partitions(), false, minMessageBytes, config);
    }

    private static Map<String, String> forever() {
        return Map.of(TopicConfig.RETENTION_MS_CONFIG, "-1");
    }

    /** Permit messages are repeated after every restart: old ones are of no use. */
    private static Map<String, String> shortLived() {
        return Map.of(
                TopicConfig.RETENTION_MS_CONFIG, Long.toString(PERMITS_RETENTION.toMillis()),
                TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(PERMITS_SEGMENT_BYTES));
    }
}
