package dev.weir.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How events are written and read; see the keys {@code value.*}.
 *
 * @param name json, avro or auto
 * @param deserializer the class of a Kafka deserializer in place of ours
 * @param serializer the class of a Kafka serializer in place of ours
 * @param subjectNames topic, record or topic-record
 * @param autoRegister whether the response schema is registered
 * @param useLatest whether the newest schema is written
 * @param cloudEventSource the source of responses that are CloudEvents
 * @param cloudEventType their type, with {@code <type>} for the request's
 * @param registry the schema registry
 */
public record FormatConfig(
        String name,
        Optional<String> deserializer,
        Optional<String> serializer,
        String subjectNames,
        boolean autoRegister,
        boolean useLatest,
        String cloudEventSource,
        String cloudEventType,
        Registry registry) {
    static FormatConfig of(Values values) {
        return new FormatConfig(
                values.text("value.format"),
                values.nonEmpty("value.deserializer"),
                values.nonEmpty("value.serializer"),
                values.text("value.subject.name.strategy"),
                values.yes("auto.register.schemas"),
                values.yes("use.latest.version"),
                values.text("cloudevents.source"),
                values.text("cloudevents.response.type"),
                registry(values));
    }

    private static Registry registry(Values values) {
        return new Registry(
                values.nonEmpty("schema.registry.url").stream()
                        .flatMap(urls -> Stream.of(urls.split(",")))
                        .map(url -> URI.create(url.trim()))
                        .toList(),
                nonEmptySecret(values, "schema.registry.basic.auth.user.info"),
                nonEmptySecret(values, "schema.registry.bearer.token"),
                values.millis("schema.registry.timeout.ms"),
                values.nonEmpty("schema.registry.ssl.truststore.location").map(Path::of),
                values.secret("schema.registry.ssl.truststore.password"),
                Map.copyOf(values.under(ConfigKeys.SCHEMA_REGISTRY)));
    }

    private static Optional<String> nonEmptySecret(Values values, String key) {
        return Optional.of(values.secret(key)).filter(text -> !text.isEmpty());
    }

    /**
     * The schema registry; see the keys {@code schema.registry.*}.
     *
     * @param userInfo {@code user:password}, a secret
     * @param token a secret
     * @param trustStorePassword a secret, empty for none
     * @param more settings for serializers of others, without the prefix
     */
    public record Registry(
            List<URI> urls,
            Optional<String> userInfo,
            Optional<String> token,
            Duration timeout,
            Optional<Path> trustStore,
            String trustStorePassword,
            Map<String, String> more) {
        /** Without the secrets. */
        @Override
        public String toString() {
            return "Registry" + urls.stream().map(URI::getHost).toList();
        }
    }
}
