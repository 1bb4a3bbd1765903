package dev.weir;

import dev.weir.config.WeirConfig;
import dev.weir.topic.TopicPlan;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** From configuration to the settings of the two Kafka Streams applications and the permit producer. Pure. */
final class StreamsSettings {
    /** What stands behind the fleet's name in that of the application. */
    static final String DISPATCH = "dispatch";

    static final String ADMISSION = "admission";

    /** With 10 ms a punctuator fires when it should; with the default of 100 ms it does not. */
    private static final long POLL_MILLIS = 10;

    /** A late tick wastes quota. */
    private static final long ADMISSION_POLL_MILLIS = 5;

    /** So few, so that permits are never buffered behind a backlog of requests. */
    private static final int BUFFERED_RECORDS = 100;

    /** A transaction that begins while the broker still ends the last one is refused at first; 100 ms would be felt. */
    private static final long CONCURRENT_TRANSACTION_RETRY_MILLIS = 5;

    /** What comes while a request is under way shares the next one: no wait when idle, large batches when busy. */
    private static final int REQUESTS_UNDER_WAY = 1;

    private static final int FETCH_BYTES = 65_536;
    private static final long LONGEST_ADMISSION_COMMIT_MILLIS = 1_000;
    private static final long SHORTEST_ADMISSION_COMMIT_MILLIS = 100;

    private final WeirConfig config;
    private final String instanceId;
    private final TopicPlan topics;

    StreamsSettings(WeirConfig config, String instanceId, TopicPlan topics) {
        this.config = config;
        this.instanceId = instanceId;
        this.topics = topics;
    }

    /** Dispatch, under the guarantee that is configured. */
    Properties dispatch() {
        Properties settings = common(DISPATCH);
        boolean exactlyOnce = config.process().exactlyOnce();
        settings.put(
                StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
                exactlyOnce ? StreamsConfig.EXACTLY_ONCE_V2 : StreamsConfig.AT_LEAST_ONCE);
        settings.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                config.timeouts().commitInterval().toMillis());
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.process().threads());
        if (exactlyOnce) {
            settings.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), (int)
                    config.timeouts().transaction().toMillis());
        }
        settings.put(
                StreamsConfig.producerPrefix(ProducerConfig.RETRY_BACKOFF_MS_CONFIG),
                CONCURRENT_TRANSACTION_RETRY_MILLIS);
        settings.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, -1L);
        settings.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, BUFFERED_RECORDS);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), BUFFERED_RECORDS);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG), FETCH_BYTES);
        settings.putAll(config.kafkaStreams());
        return settings;
    }

    /** Admission: permits are soft state and idempotent, so at least once is enough. */
    Properties admission() {
        Properties settings = common(ADMISSION);
        long commitMillis = Math.max(
                SHORTEST_ADMISSION_COMMIT_MILLIS,
                Math.min(
                        LONGEST_ADMISSION_COMMIT_MILLIS,
                        config.timeouts().commitInterval().toMillis()));
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commitMillis);
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
        settings.put(StreamsConfig.POLL_MS_CONFIG, ADMISSION_POLL_MILLIS);
        settings.putAll(config.kafkaStreams());
        return settings;
    }

    /** The permit producer. */
    Map<String, Object> permits() {
        Map<String, Object> settings = new HashMap<>(config.kafkaCommon());
        settings.putAll(config.kafkaProducer());
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, topics.maxRecordBytes());
        return settings;
    }

    private Properties common(String role) {
        Properties settings = new Properties();
        settings.put(
                StreamsConfig.producerPrefix(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION), REQUESTS_UNDER_WAY);
        settings.putAll(config.kafkaCommon());
        config.kafkaProducer().forEach((key, value) -> settings.put(StreamsConfig.producerPrefix(key), value));
        config.kafkaConsumer().forEach((key, value) -> settings.put(StreamsConfig.consumerPrefix(key), value));
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, config.applicationId() + "-" + role);
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
        settings.put(StreamsConfig.STATE_DIR_CONFIG, config.process().stateDir().toString());
        settings.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, config.process().standbyReplicas());
        settings.put(
                StreamsConfig.REPLICATION_FACTOR_CONFIG, (int) config.topics().replicationFactor());
        settings.put(StreamsConfig.POLL_MS_CONFIG, POLL_MILLIS);
        // What is at hand is read at once: no decision depends on the order of records from different topics.
        settings.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L);
        settings.put(StreamsConfig.LOG_SUMMARY_INTERVAL_MS_CONFIG, -1L);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 0);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), topics.maxRecordBytes());
        membership(settings);
        changelogs(settings);
        return settings;
    }

    /** A fixed member id: a restart in place takes its tasks back at once and fences its own old transactions. */
    private void membership(Properties settings) {
        WeirConfig.Timeouts timeouts = config.timeouts();
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), (int)
                timeouts.session().toMillis());
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), (int)
                timeouts.heartbeat().toMillis());
        settings.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, instanceId);
    }

    private void changelogs(Properties settings) {
        topics.changelogConfig().forEach((key, value) -> settings.put(StreamsConfig.topicPrefix(key), value));
    }
}
