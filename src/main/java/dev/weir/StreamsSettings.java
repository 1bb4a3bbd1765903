package dev.weir;

import dev.weir.client.LostWritesFail;
import dev.weir.config.WeirConfig;
import dev.weir.topic.TopicPlan;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * From configuration to the settings of the two Kafka Streams applications and the permit producer. What the user
 * passes on to Kafka stands before Weir's own choices; what a promise depends on is refused when the configuration is
 * read. Pure.
 */
final class StreamsSettings {
    /** What stands behind the fleet's name in that of the application. */
    static final String DISPATCH = "dispatch";

    static final String ADMISSION = "admission";

    private static final String PRODUCER = StreamsConfig.PRODUCER_PREFIX;
    private static final String CONSUMER = StreamsConfig.CONSUMER_PREFIX;

    /** With 10 ms a punctuator fires when it should; with the default of 100 ms it does not. */
    private static final long POLL_MILLIS = 10;

    /** A late tick wastes quota. */
    private static final long ADMISSION_POLL_MILLIS = 5;

    /** So few, so that permits are never buffered behind a backlog of requests. */
    private static final int BUFFERED_RECORDS = 100;

    /** A transaction that begins while the broker still ends the last one is refused at first; 100 ms would be felt. */
    private static final long CONCURRENT_TRANSACTION_RETRY_MILLIS = 5;

    /**
     * A commit flushes what lingers. What is written sooner asks the broker to take its partition into the transaction
     * while it may still end the last one, and then it tries again 20 ms later.
     */
    private static final int LINGER_MILLIS = 20;

    /** What comes while a request is under way shares the next one: no wait when idle, large batches when busy. */
    private static final int REQUESTS_UNDER_WAY = 1;

    /** Less, and a fetch that waits for the quiet topics keeps a busy partition waiting that has just been read. */
    private static final int FETCH_BYTES = 1_048_576;

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
            settings.put(PRODUCER + ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int)
                    config.timeouts().transaction().toMillis());
            prefer(settings, PRODUCER, ProducerConfig.LINGER_MS_CONFIG, limitsDelivery(settings) ? 0 : LINGER_MILLIS);
        } else {
            settings.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, LostWritesFail.class);
            prefer(settings, PRODUCER, ProducerConfig.LINGER_MS_CONFIG, 0);
        }
        prefer(settings, PRODUCER, ProducerConfig.RETRY_BACKOFF_MS_CONFIG, CONCURRENT_TRANSACTION_RETRY_MILLIS);
        prefer(settings, "", StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, BUFFERED_RECORDS);
        prefer(settings, CONSUMER, ConsumerConfig.MAX_POLL_RECORDS_CONFIG, BUFFERED_RECORDS);
        prefer(settings, CONSUMER, ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
        prefer(settings, "", StreamsConfig.POLL_MS_CONFIG, POLL_MILLIS);
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
        settings.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, LostWritesFail.class);
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
        prefer(settings, PRODUCER, ProducerConfig.LINGER_MS_CONFIG, 0);
        prefer(settings, "", StreamsConfig.POLL_MS_CONFIG, ADMISSION_POLL_MILLIS);
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
        Properties settings = passedOn();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, config.applicationId() + "-" + role);
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
        settings.put(StreamsConfig.STATE_DIR_CONFIG, config.process().stateDir().toString());
        settings.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, config.process().standbyReplicas());
        settings.put(PRODUCER + ProducerConfig.MAX_REQUEST_SIZE_CONFIG, topics.maxRecordBytes());
        int replication = config.topics().replicationFactor();
        prefer(settings, "", StreamsConfig.REPLICATION_FACTOR_CONFIG, replication);
        settings.put(SharedRocksMemory.BYTES, config.process().stateMemoryBytes());
        prefer(settings, "", StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, SharedRocksMemory.class);
        // What is at hand is read at once: no decision depends on the order of records from different topics.
        prefer(settings, "", StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
        prefer(settings, "", StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L);
        prefer(settings, "", StreamsConfig.LOG_SUMMARY_INTERVAL_MS_CONFIG, -1L);
        prefer(settings, PRODUCER, ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, REQUESTS_UNDER_WAY);
        topics.changelogConfig().forEach((key, value) -> settings.putIfAbsent(StreamsConfig.topicPrefix(key), value));
        membership(settings);
        return settings;
    }

    /** A user's limit for deliveries may leave no room for lingering, and then no producer starts. */
    private static boolean limitsDelivery(Properties settings) {
        String key = ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG;
        return settings.containsKey(key) || settings.containsKey(PRODUCER + key);
    }

    /** What the user passes on to Kafka Streams and its clients. */
    private Properties passedOn() {
        Properties settings = new Properties();
        settings.putAll(config.kafkaCommon());
        config.kafkaProducer().forEach((key, value) -> settings.put(PRODUCER + key, value));
        config.kafkaConsumer().forEach((key, value) -> settings.put(CONSUMER + key, value));
        settings.putAll(config.kafkaStreams());
        return settings;
    }

    /** Sets what the user has set neither for these clients nor for all; the prefix is that of the clients. */
    private static void prefer(Properties settings, String prefix, String key, Object value) {
        if (!settings.containsKey(key)) {
            settings.putIfAbsent(prefix + key, value);
        }
    }

    /** A fixed member id: a restart in place takes its tasks back at once and fences its own old transactions. */
    private void membership(Properties settings) {
        WeirConfig.Timeouts timeouts = config.timeouts();
        settings.put(CONSUMER + ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int)
                timeouts.session().toMillis());
        settings.put(CONSUMER + ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, (int)
                timeouts.heartbeat().toMillis());
        settings.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, instanceId);
    }
}
