package dev.weir.verify;

import dev.weir.event.EventTranslator;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to verify.
 *
 * @param clients settings of the Kafka consumers, {@code bootstrap.servers} at least
 * @param topicPrefix the prefix of Weir's topics
 * @param events what values of responses mean
 * @param simulator the base address of a simulated Grok whose journal is read too, or null
 * @param expectDrained whether a request that is still open after that long is lost
 * @param patience how long to wait for open requests, zero or more
 */
public record VerifySettings(
        Map<String, Object> clients,
        String topicPrefix,
        EventTranslator events,
        @Nullable URI simulator,
        boolean expectDrained,
        Duration patience) {
    /** Copies the client settings; refuses a negative patience. */
    public VerifySettings {
        clients = Map.copyOf(clients);
        if (patience.isNegative()) {
            throw new IllegalArgumentException("patience is " + patience + ", expected zero or more");
        }
    }

    String requests() {
        return topicPrefix + "requests";
    }

    String responses() {
        return topicPrefix + "responses";
    }

    String deadLetters() {
        return topicPrefix + "dlq";
    }

    Object bootstrapServers() {
        return clients.getOrDefault("bootstrap.servers", "(none)");
    }
}
