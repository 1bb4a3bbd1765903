package dev.weir.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;

/**
 * The one table of configuration keys. Durations end in {@code .ms} and are milliseconds, sizes end in {@code .bytes}
 * and are bytes.
 */
final class ConfigKeys {
    static final String QUOTA = "quota.";
    static final String DEFAULT_SCOPE = "default";
    static final String REQUESTS_PER_SECOND = ".requests.per.second";
    static final String TOKENS_PER_MINUTE = ".tokens.per.minute";
    static final String MAX_IN_FLIGHT = ".max.in.flight";
    static final String RESERVE = ".reserve";
    static final List<String> QUOTA_SUFFIXES = List.of(REQUESTS_PER_SECOND, TOKENS_PER_MINUTE, MAX_IN_FLIGHT, RESERVE);
    static final String BYTES = "estimate.bytes.per.hundred.tokens";
    static final String MODEL_BYTES = BYTES + ".";
    static final String SCOPE = "scope.";
    static final String TENANT_WEIGHT = "tenant.weight.";
    static final String SCHEMA_REGISTRY = "schema.registry.client.";
    static final String KAFKA = "kafka.";
    static final String KAFKA_PRODUCER = "kafka.producer.";
    static final String KAFKA_CONSUMER = "kafka.consumer.";
    static final String KAFKA_STREAMS = "kafka.streams.";

    private static final ConfigDef TABLE = table();

    private ConfigKeys() {}

    /** The key's line of the table; a quota of a named scope has that of the default one. */
    static Optional<ConfigKey> find(String name) {
        ConfigKey exact = TABLE.configKeys().get(name);
        if (exact != null || !name.startsWith(QUOTA)) {
            return Optional.ofNullable(exact);
        }
        return QUOTA_SUFFIXES.stream()
                .filter(suffix -> name.endsWith(suffix) && name.length() > QUOTA.length() + suffix.length())
                .map(suffix -> TABLE.configKeys().get(QUOTA + DEFAULT_SCOPE + suffix))
                .findFirst();
    }

    /** Every fixed key in the order of the table. */
    static List<ConfigKey> all() {
        return TABLE.configKeys().values().stream()
                .sorted(Comparator.comparingInt(key -> key.orderInGroup))
                .toList();
    }

    /** The default as it would be written; empty for a secret. */
    static String defaultText(ConfigKey key) {
        return key.type() == ConfigDef.Type.PASSWORD
                ? ""
                : String.valueOf(ConfigDef.convertToString(key.defaultValue, key.type()));
    }

    private static ConfigDef table() {
        KeyTable table = new KeyTable();
        grok(table);
        kafka(table);
        topics(table);
        quotas(table);
        requests(table);
        retries(table);
        process(table);
        return table.definition();
    }

    private static void grok(KeyTable table) {
        table.section("Grok", HIGH)
                .text("grok.base.url", "https://api.x.ai", Check.url(false), "Where the Grok API is.")
                .secret(
                        "grok.api.key",
                        "The API key; better a reference such as ${env:XAI_API_KEY} than the key itself.")
                .text("grok.api.key.file", "", Check.any("a file, or empty"), "A file that holds only the API key.")
                .number("grok.call.timeout.ms", 600_000, 1, "How long one call may take, from start to last byte.")
                .number("grok.connect.timeout.ms", 5_000, 1, "How long connecting may take.")
                .number("grok.max.response.bytes", 4L << 20, 1_024, 256L << 20, "The longest answer that is accepted.")
                .number(
                        "grok.max.connections",
                        1_000,
                        1,
                        100_000,
                        "Calls at the same time per process, each with a connection over HTTP/1.1; of this and"
                                + " call.max.in.flight the smaller counts.");
    }

    private static void kafka(KeyTable table) {
        table.section("Kafka", HIGH)
                .text("bootstrap.servers", "localhost:9092", Check.addresses(), "Some brokers of the cluster.")
                .text(
                        "application.id",
                        "weir",
                        Check.name(1, 100),
                        "Names the fleet: its group, transactions and state.")
                .text(
                        "processing.guarantee",
                        "exactly_once_v2",
                        Check.oneOf("exactly_once_v2", "at_least_once"),
                        "With at_least_once a crash may repeat an outcome.")
                .number("stream.threads", 1, 1, 256, "Stream threads per process.")
                .text(
                        "state.dir",
                        "data/state",
                        Check.notBlank("a folder"),
                        "Scratch space, and the name of this process: restarted on the same folder it takes over at once.")
                .text(
                        "instance.id",
                        "",
                        Check.name(0, 100),
                        "This process's own name in the fleet; empty: one is made up and kept in state.dir.")
                .section("Kafka, details", LOW)
                .number("commit.interval.ms", 100, 1, 1_000, "The longest time between two commits.")
                .number("standby.replicas", 0, 0, 10, "Copies of the state on other processes, for a quick failover.")
                .number("state.memory.bytes", 128L << 20, 16L << 20, 1L << 40, "RocksDB's memory per process.")
                .number("session.timeout.ms", 6_000, 1_000, "A process that is silent for so long is replaced.")
                .number(
                        "heartbeat.interval.ms",
                        1_500,
                        100,
                        "Time between signs of life; at most a third of the session.")
                .number(
                        "producer.transaction.timeout.ms",
                        15_000,
                        2_000,
                        900_000,
                        "An abandoned transaction ends after this; at least twice the session timeout.");
    }

    private static void topics(KeyTable table) {
        table.section("Topics", HIGH)
                .text("topic.prefix", "grok.", Check.name(0, 100), "Stands before the name of each topic.")
                .number("topics.partitions", 6, 1, 10_000, "Partitions of each work topic, fixed for life.")
                .number("topics.replication.factor", 1, 1, 100, "Copies of each topic; 3 in production.")
                .number(
                        "topics.asks.partitions",
                        1,
                        1,
                        10_000,
                        "Partitions of the topic of asks; scopes spread over them.")
                .text(
                        "value.format",
                        "json",
                        Check.oneOf("json", "avro", "auto"),
                        "The format of events; auto reads each request in its own and answers in json.");
        registry(table);
        table.section("CloudEvents", LOW)
                .text(
                        "cloudevents.source",
                        "weir",
                        Check.attribute(),
                        "The source of the responses to CloudEvents; one of its own for each fleet.")
                .text(
                        "cloudevents.response.type",
                        "<type>.response",
                        Check.attribute(),
                        "The type of the responses to CloudEvents, where `<type>` stands for the request's.");
    }

    private static void registry(KeyTable table) {
        table.section("Schema registry", MEDIUM)
                .text(
                        "schema.registry.url",
                        "",
                        Check.urls(),
                        "The registry of the formats avro and auto; several with commas between are tried in turn.")
                .secret("schema.registry.basic.auth.user.info", "user:password for the registry.")
                .secret("schema.registry.bearer.token", "The token for the registry, instead of a user.")
                .number("schema.registry.timeout.ms", 5_000, 1, "How long the registry may take for one answer.")
                .text(
                        "schema.registry.ssl.truststore.location",
                        "",
                        Check.any("a file, or empty"),
                        "Whom to trust at the registry, JKS or PKCS12; empty: whom the platform trusts.")
                .secret("schema.registry.ssl.truststore.password", "The password of that file.")
                .text(
                        "value.subject.name.strategy",
                        "topic",
                        Check.oneOf("topic", "record", "topic-record"),
                        "Under which subject the response schema stands.")
                .yesNo("auto.register.schemas", true, "Register the response schema; false: it must be there.")
                .yesNo("use.latest.version", false, "Write the subject's newest schema, whatever it is.")
                .text(
                        "value.deserializer",
                        "",
                        Check.any("a class name, or empty"),
                        "A Kafka deserializer that reads requests in place of ours, by class name.")
                .text(
                        "value.serializer",
                        "",
                        Check.any("a class name, or empty"),
                        "A Kafka serializer that writes responses in place of ours, by class name.");
    }

    private static void quotas(KeyTable table) {
        table.section("Quota", HIGH)
                .number(
                        "quota.default.requests.per.second",
                        20,
                        0,
                        100_000,
                        "Calls a scope may start in any second; 0: no limit.")
                .number(
                        "quota.default.tokens.per.minute",
                        0,
                        0,
                        Long.MAX_VALUE,
                        "Tokens a scope may use in any minute; 0: no limit.")
                .number(
                        "quota.default.max.in.flight",
                        1_000,
                        0,
                        QuotaLimits.MOST_IN_FLIGHT,
                        "Calls of a scope at the same time, fleet-wide; 0: no limit.")
                .number("quota.default.reserve", 0, 0, 90, "Percent of each limit kept for critical and high requests.")
                .section("Quota, details", MEDIUM)
                .number(
                        "quota.window.guard.ms",
                        10,
                        0,
                        1_000,
                        "Kept free at the end of each window, a guard against network jitter.")
                .number(
                        "quota.burst.percent",
                        50,
                        1,
                        100,
                        "How much of a window may start at once after a rest; the remainder is spread evenly over it.")
                .number(BYTES, 350, 1, 1_000_000, "Bytes of a body that make 100 prompt tokens; the rest is learned.")
                .number(
                        "estimate.first.output.tokens",
                        1_000,
                        0,
                        10_000_000,
                        "Output tokens expected of a model before its first answer.")
                .number(
                        "priority.offset.critical.ms",
                        -60_000,
                        -86_400_000,
                        86_400_000,
                        "A critical request ranks as if it had come this much later.")
                .number("priority.offset.high.ms", -10_000, -86_400_000, 86_400_000, "The same for high.")
                .number("priority.offset.normal.ms", 0, -86_400_000, 86_400_000, "The same for normal.")
                .number("priority.offset.low.ms", 60_000, -86_400_000, 86_400_000, "The same for low.");
    }

    private static void requests(KeyTable table) {
        table.section("Requests", MEDIUM)
                .number("requests.max.bytes", 1L << 20, 1_024, 64L << 20, "A larger request is dead-lettered, unread.")
                .number(
                        "request.max.age.ms",
                        86_400_000,
                        1_000,
                        Long.MAX_VALUE,
                        "A request without deadline expires after this.")
                .number("deadline.grace.ms", 30_000, 0, "How long a started call may run beyond the deadline.")
                .number("call.max.in.flight", 1_000, 1, 100_000, "Calls at the same time per process.")
                .number("call.max.repeats", 3, 0, 100, "How often a call is repeated because its process was lost.")
                .number(
                        "dedupe.window.ms",
                        86_400_000,
                        0,
                        Long.MAX_VALUE,
                        "How long an outcome answers a duplicate id; 0: duplicates are called again.")
                .number(
                        "dedupe.max.bytes",
                        64L << 20,
                        0,
                        Long.MAX_VALUE,
                        "Outcomes kept for duplicates, per partition.")
                .number("cancel.memory.ms", 600_000, 0, "How long a cancel waits for a request that has not come yet.");
    }

    private static void retries(KeyTable table) {
        table.section("Retries", MEDIUM)
                .list("retry.tiers", "1s,10s,1m,10m", Check.tiers(), "The delay tiers; each is a topic.")
                .number("retry.max.attempts", 5, 1, 1_000, "Attempts of a request before it is dead-lettered.")
                .number("retry.backoff.base.ms", 1_000, 1, "The first delay after a passing error; it doubles.")
                .number("retry.backoff.max.ms", 60_000, 1, "The longest delay after a passing error.")
                .number("retry.throttle.base.ms", 1_000, 1, "The first delay after a 429 without Retry-After.")
                .number("retry.throttle.max.ms", 30_000, 1, "The longest delay after a 429 without Retry-After.")
                .number("retry.after.max.ms", 600_000, 0, "The longest Retry-After that is believed.");
    }

    private static void process(KeyTable table) {
        table.section("Process", MEDIUM)
                .text(
                        "http.listen",
                        "127.0.0.1:8090",
                        Check.addressOrEmpty(),
                        "Health, metrics and status; empty: off.")
                .secret("http.token", "The bearer token that /metrics asks for; without one only loopback serves it.")
                .number("shutdown.drain.ms", 30_000, 0, "How long a stop waits for running calls.")
                .yesNo("shutdown.leave.group", true, "Hand over at once when stopped; false for restarts in place.");
    }
}
