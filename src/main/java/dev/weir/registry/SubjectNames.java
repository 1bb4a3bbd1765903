package dev.weir.registry;

import java.util.Arrays;
import java.util.Optional;

/** Under which subject the schema of a topic's values stands. */
public enum SubjectNames {
    /** One schema for each topic: {@code <topic>-value}. */
    TOPIC("topic") {
        @Override
        public String subject(String topic, String recordName) {
            return topic + "-value";
        }
    },
    /** One schema for each record type in all topics. */
    RECORD("record") {
        @Override
        public String subject(String topic, String recordName) {
            return recordName;
        }
    },
    /** One schema for each record type in each topic. */
    TOPIC_RECORD("topic-record") {
        @Override
        public String subject(String topic, String recordName) {
            return topic + "-" + recordName;
        }
    };

    private final String id;

    SubjectNames(String id) {
        this.id = id;
    }

    /** The name in the configuration. */
    public String id() {
        return id;
    }

    /** The strategy of that name. */
    public static Optional<SubjectNames> parse(String id) {
        return Arrays.stream(values()).filter(names -> names.id.equals(id)).findFirst();
    }

    /**
     * The subject.
     *
     * @param recordName the record's name with its namespace
     */
    public abstract String subject(String topic, String recordName);
}
