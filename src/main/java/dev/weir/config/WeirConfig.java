package dev.weir.config;

import dev.weir.event.Priority;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The checked configuration as typed values. Immutable; no text of it shows a secret, except {@link #requireApiKey}.
 */
public final class WeirConfig {
    private final Values values;
    private final Map<String, RawValue> written;

    WeirConfig(Values values, Map<String, RawValue> written) {
        this.values = values;
        this.written = written;
    }

    /** Some brokers of the cluster, {@code host:port} with commas between. */
    public String bootstrapServers() {
        return values.text("bootstrap.servers");
    }

    /** The name of the fleet. */
    public String applicationId() {
        return values.text("application.id");
    }

    /** The way to the Grok API. */
    public Grok grok() {
        return new Grok(
                URI.create(values.text("grok.base.url")),
                values.millis("grok.call.timeout.ms"),
                values.millis("grok.connect.timeout.ms"),
                values.integer("grok.max.response.bytes"),
                values.integer("grok.max.connections"));
    }

    /**
     * The API key; a key file is read anew at each call, so a replaced key is found.
     *
     * @throws InvalidConfig if there is none, or it cannot be sent in a header; never with the key
     */
    public String requireApiKey() {
        return ApiKey.read(values.secret("grok.api.key"), values.text("grok.api.key.file"));
    }

    /** The file that holds the API key, unless the key itself is set. */
    public Optional<Path> apiKeyFile() {
        String file = values.secret("grok.api.key").isEmpty() ? values.text("grok.api.key.file") : "";
        return file.isEmpty() ? Optional.empty() : Optional.of(Path.of(file));
    }

    /** The topics' names and shape. */
    public Topics topics() {
        return new Topics(
                values.text("topic.prefix"),
                values.integer("topics.partitions"),
                (short) values.integer("topics.replication.factor"),
                values.integer("topics.asks.partitions"));
    }

    /** How the process takes part in the fleet. */
    public Process process() {
        return new Process(
                "exactly_once_v2".equals(values.text("processing.guarantee")),
                values.integer("stream.threads"),
                values.integer("standby.replicas"),
                values.path("state.dir"),
                values.number("state.memory.bytes"),
                values.nonEmpty("instance.id"));
    }

    /** Kafka's time-outs. */
    public Timeouts timeouts() {
        return new Timeouts(
                values.millis("commit.interval.ms"),
                values.millis("session.timeout.ms"),
                values.millis("heartbeat.interval.ms"),
                values.millis("producer.transaction.timeout.ms"));
    }

    /** How stopped requests are tried again. */
    public Retry retry() {
        return new Retry(
                values.list("retry.tiers"),
                values.integer("retry.max.attempts"),
                values.millis("retry.backoff.base.ms"),
                values.millis("retry.backoff.max.ms"),
                values.millis("retry.throttle.base.ms"),
                values.millis("retry.throttle.max.ms"),
                values.millis("retry.after.max.ms"));
    }

    /** The bounds of a request's life. */
    public Requests requests() {
        return new Requests(
                values.integer("requests.max.bytes"),
                values.millis("request.max.age.ms"),
                values.millis("deadline.grace.ms"),
                values.integer("call.max.in.flight"),
                values.integer("call.max.repeats"),
                values.millis("cancel.memory.ms"));
    }

    /** How duplicates are answered. */
    public Dedupe dedupe() {
        return new Dedupe(values.millis("dedupe.window.ms"), values.number("dedupe.max.bytes"));
    }

    /** How the process stops. */
    public Shutdown shutdown() {
        return new Shutdown(values.millis("shutdown.drain.ms"), values.yes("shutdown.leave.group"));
    }

    /** Where health, metrics and status are served; empty if nowhere. */
    public Optional<Listen> httpListen() {
        return values.nonEmpty("http.listen").map(Listen::parse);
    }

    /** What a caller of the metrics must show; empty if nothing. */
    public Optional<String> httpToken() {
        return Optional.of(values.secret("http.token")).filter(token -> !token.isEmpty());
    }

    /** What is wrong with the permissions of the key file, in one line; empty if nothing. */
    public Optional<String> keyFileWarning() {
        return ApiKey.warning(values.text("grok.api.key.file"));
    }

    /** What would cross a network unencrypted, one line each; empty if nothing. */
    public List<String> clearTextWarnings() {
        return ClearText.warnings(grok().baseUrl(), format().registry());
    }

    /** The scope that a model's calls count for. */
    public String scopeOf(String model) {
        return values.under(ConfigKeys.SCOPE).getOrDefault(model, model);
    }

    /** The limits of a scope: its own where set, else the default ones. */
    public QuotaLimits quota(String scope) {
        return new QuotaLimits(
                Math.toIntExact(limit(scope, ConfigKeys.REQUESTS_PER_SECOND)),
                limit(scope, ConfigKeys.TOKENS_PER_MINUTE),
                Math.toIntExact(limit(scope, ConfigKeys.MAX_IN_FLIGHT)),
                Math.toIntExact(limit(scope, ConfigKeys.RESERVE)));
    }

    /** The bytes of a request's body that make 100 prompt tokens of a model. */
    public int promptBytesPer100Tokens(String model) {
        String own = values.under(ConfigKeys.MODEL_BYTES).get(model);
        return own != null ? Integer.parseInt(own) : values.integer(ConfigKeys.BYTES);
    }

    /** The output tokens expected of a model that was never called. */
    public long firstOutputTokens() {
        return values.number("estimate.first.output.tokens");
    }

    /** What is kept free at the end of each quota window. */
    public Duration quotaWindowGuard() {
        return values.millis("quota.window.guard.ms");
    }

    /** How much of a quota window may start at once, percent; the rest is spread over it. */
    public int quotaBurstPercent() {
        return values.integer("quota.burst.percent");
    }

    /** A tenant's share among tenants that wait, 1 or more. */
    public int tenantWeight(String tenant) {
        return Integer.parseInt(values.under(ConfigKeys.TENANT_WEIGHT).getOrDefault(tenant, "1"));
    }

    /** How much later than it came a request of the priority ranks; negative is earlier. */
    public Duration priorityOffset(Priority priority) {
        return values.millis("priority.offset." + priority.wireName() + ".ms");
    }

    /** How events are written and read. */
    public FormatConfig format() {
        return FormatConfig.of(values);
    }

    /** Settings for every Kafka client, without those for one kind of client. */
    public Map<String, String> kafkaCommon() {
        SortedMap<String, String> common = values.under(ConfigKeys.KAFKA);
        common.keySet()
                .removeIf(key ->
                        key.startsWith("producer.") || key.startsWith("consumer.") || key.startsWith("streams."));
        return Map.copyOf(common);
    }

    /** Settings for producers only. */
    public Map<String, String> kafkaProducer() {
        return Map.copyOf(values.under(ConfigKeys.KAFKA_PRODUCER));
    }

    /** Settings for consumers only. */
    public Map<String, String> kafkaConsumer() {
        return Map.copyOf(values.under(ConfigKeys.KAFKA_CONSUMER));
    }

    /** Settings for Kafka Streams only. */
    public Map<String, String> kafkaStreams() {
        return Map.copyOf(values.under(ConfigKeys.KAFKA_STREAMS));
    }

    /**
     * The effective configuration, one sorted line {@code key=value} per key; secrets hidden, references as written.
     */
    public String describe() {
        SortedMap<String, String> lines = new TreeMap<>();
        ConfigKeys.all().forEach(key -> lines.put(key.name, ConfigKeys.defaultText(key)));
        written.forEach((key, value) -> lines.put(key, Secrets.show(key, value)));
        StringBuilder text = new StringBuilder();
        lines.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
        return text.toString();
    }

    @Override
    public String toString() {
        return "WeirConfig[" + describe().strip().replace("\n", ", ") + "]";
    }

    private long limit(String scope, String suffix) {
        String own = ConfigKeys.QUOTA + scope + suffix;
        return values.number(values.isSet(own) ? own : ConfigKeys.QUOTA + ConfigKeys.DEFAULT_SCOPE + suffix);
    }

    /**
     * The way to the Grok API.
     *
     * @param callTimeout from start to last byte
     */
    public record Grok(
            URI baseUrl, Duration callTimeout, Duration connectTimeout, int maxResponseBytes, int maxConnections) {}

    /** The topics' names and shape; see the keys {@code topic.*} and {@code topics.*}. */
    public record Topics(String prefix, int partitions, short replicationFactor, int asksPartitions) {}

    /**
     * How the process takes part in the fleet.
     *
     * @param stateMemoryBytes what all stores on disk may keep in memory together
     * @param instanceId its name in the group; empty: to be made up once and kept in the state folder
     */
    public record Process(
            boolean exactlyOnce,
            int threads,
            int standbyReplicas,
            Path stateDir,
            long stateMemoryBytes,
            Optional<String> instanceId) {}

    /** Kafka's time-outs. */
    public record Timeouts(Duration commitInterval, Duration session, Duration heartbeat, Duration transaction) {}

    /** How stopped requests are tried again; the tiers are texts such as {@code 10s}, growing. */
    public record Retry(
            List<String> tiers,
            int maxAttempts,
            Duration backoffBase,
            Duration backoffMax,
            Duration throttleBase,
            Duration throttleMax,
            Duration retryAfterMax) {}

    /** The bounds of a request's life. */
    public record Requests(
            int maxBytes,
            Duration maxAge,
            Duration deadlineGrace,
            int maxInFlight,
            int maxRepeats,
            Duration cancelMemory) {}

    /** How duplicates are answered; a window of zero: not at all. The bound holds per partition. */
    public record Dedupe(Duration window, long maxBytes) {}

    /** How the process stops. */
    public record Shutdown(Duration drain, boolean leaveGroup) {}

    /** An address to listen on; port 0 is a free one. */
    public record Listen(String host, int port) {
        static Listen parse(String address) {
            int colon = address.lastIndexOf(':');
            String host = address.substring(0, colon).replaceAll("[\\[\\]]", "");
            return new Listen(host, Integer.parseInt(address.substring(colon + 1)));
        }
    }
}
