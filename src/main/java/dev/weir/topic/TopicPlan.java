package dev.weir.topic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The topics' names, shape and settings, as data. */
public final class TopicPlan {
    static final String MAX_MESSAGE_BYTES = "max.message.bytes";
    static final String RETENTION_MS = "retention.ms";
    static final String CLEANUP_POLICY = "cleanup.policy";
    static final String COMPACT = "compact";
    static final String OLDEST_TIMESTAMP = "message.timestamp.before.max.ms";

    /** Keys, headers and the framing of a record batch. */
    private static final int ENVELOPE_BYTES = 64 << 10;

    /** So large that a request beyond every sensible limit is still taken in, and dead-lettered with an explanation. */
    private static final int LEAST_REQUESTS_BYTES = 8 << 20;

    private static final Duration KEPT = Duration.ofDays(7);

    /** Twice the longest tier that the configuration allows: no retry may vanish before it is due. */
    private static final Duration KEPT_RETRIES = Duration.ofDays(14);

    private static final Duration KEPT_DEAD_LETTERS = Duration.ofDays(30);
    private static final Duration KEPT_COMMANDS = Duration.ofDays(1);

    /** Permit messages mean nothing once the process that sent them is gone. */
    private static final Duration KEPT_PERMITS = Duration.ofHours(1);

    private final TopicSettings settings;

    /** Plans for these settings. */
    public TopicPlan(TopicSettings settings) {
        this.settings = settings;
    }

    /** Request events, from applications. */
    public String requests() {
        return settings.prefix() + "requests";
    }

    /** Response events, to applications. */
    public String responses() {
        return settings.prefix() + "responses";
    }

    /** Requests that wait for another try, by the tier's name. */
    public String retry(String tier) {
        return settings.prefix() + "retry." + tier;
    }

    /** All retry topics, the shortest delay first. */
    public List<String> retries() {
        return settings.tiers().stream().map(this::retry).toList();
    }

    /** Dead letters. */
    public String deadLetters() {
        return settings.prefix() + "dlq";
    }

    /** Commands from applications and operators. */
    public String control() {
        return settings.prefix() + "control";
    }

    /** How the scopes stand, by scope. */
    public String status() {
        return settings.prefix() + "status";
    }

    /** What dispatch tells admission. */
    public String asks() {
        return settings.prefix() + "permits.asks";
    }

    /** What is told to a dispatch task, by its partition. */
    public String inbox() {
        return settings.prefix() + "permits.inbox";
    }

    /**
     * The largest record that the gateway writes: a request with its answer and headers. It bounds
     * {@code max.request.size} of producers and {@code max.message.bytes} of what they write to.
     */
    public int maxRecordBytes() {
        return Math.addExact(Math.addExact(settings.requestMaxBytes(), settings.answerMaxBytes()), ENVELOPE_BYTES);
    }

    /** How many partitions each work topic has. */
    public int partitions() {
        return settings.partitions();
    }

    /** Settings for the changelogs of the state stores. */
    public Map<String, String> changelogConfig() {
        return Map.of(
                MAX_MESSAGE_BYTES,
                String.valueOf(maxRecordBytes()),
                "segment.bytes",
                String.valueOf(64 << 20),
                "min.cleanable.dirty.ratio",
                "0.1",
                "max.compaction.lag.ms",
                String.valueOf(Duration.ofMinutes(10).toMillis()),
                OLDEST_TIMESTAMP,
                String.valueOf(Long.MAX_VALUE));
    }

    /** Every topic, the requests first. */
    public List<PlannedTopic> topics() {
        List<PlannedTopic> topics = new ArrayList<>();
        int requestsBytes = Math.max(LEAST_REQUESTS_BYTES, maxRecordBytes());
        topics.add(topic(requests(), settings.partitions(), true, config(requestsBytes, KEPT)));
        topics.add(topic(responses(), settings.partitions(), false, config(maxRecordBytes(), KEPT)));
        retries()
                .forEach(name ->
                        topics.add(topic(name, settings.partitions(), true, config(maxRecordBytes(), KEPT_RETRIES))));
        topics.add(topic(deadLetters(), settings.partitions(), false, config(maxRecordBytes(), KEPT_DEAD_LETTERS)));
        topics.add(topic(control(), settings.partitions(), false, config(maxRecordBytes(), KEPT_COMMANDS)));
        topics.add(topic(status(), 1, false, status(config(maxRecordBytes(), KEPT_COMMANDS))));
        topics.add(topic(asks(), settings.asksPartitions(), false, permits()));
        topics.add(topic(inbox(), settings.partitions(), true, permits()));
        return topics;
    }

    private PlannedTopic topic(String name, int partitions, boolean work, Map<String, String> config) {
        return new PlannedTopic(name, partitions, settings.replication(), work, config);
    }

    /** Only the last word of each scope is kept. */
    private static Map<String, String> status(Map<String, String> config) {
        config.remove(RETENTION_MS);
        config.put(CLEANUP_POLICY, COMPACT);
        config.put("segment.bytes", String.valueOf(16 << 20));
        config.put("segment.ms", String.valueOf(Duration.ofMinutes(10).toMillis()));
        config.put("min.cleanable.dirty.ratio", "0.1");
        config.put("delete.retention.ms", String.valueOf(Duration.ofHours(1).toMillis()));
        return config;
    }

    private Map<String, String> permits() {
        Map<String, String> config = config(maxRecordBytes(), KEPT_PERMITS);
        config.put("segment.bytes", String.valueOf(16 << 20));
        config.put("segment.ms", String.valueOf(Duration.ofMinutes(10).toMillis()));
        return config;
    }

    private Map<String, String> config(int maxMessageBytes, Duration kept) {
        Map<String, String> config = new HashMap<>();
        config.put(CLEANUP_POLICY, "delete");
        config.put(MAX_MESSAGE_BYTES, String.valueOf(maxMessageBytes));
        config.put(RETENTION_MS, String.valueOf(kept.toMillis()));
        config.put("message.timestamp.type", "CreateTime");
        // Records that are written while the inbox is read carry its rank, a timestamp next to 0.
        config.put(OLDEST_TIMESTAMP, String.valueOf(Long.MAX_VALUE));
        if (settings.replication() > 2) {
            config.put("min.insync.replicas", "2");
        }
        return config;
    }
}
