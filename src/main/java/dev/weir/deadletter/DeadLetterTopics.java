package dev.weir.deadletter;

import dev.weir.event.EventTranslator;
import java.util.Map;

/**
 * Where dead letters and requests are.
 *
 * @param consumer settings of the Kafka consumers, {@code bootstrap.servers} at least
 * @param producer settings of the Kafka producer, likewise, and {@code max.request.size} as large as requests may be
 * @param deadLetters the dead-letter topic
 * @param requests the requests topic
 * @param events what values on these topics mean
 */
public record DeadLetterTopics(
        Map<String, Object> consumer,
        Map<String, Object> producer,
        String deadLetters,
        String requests,
        EventTranslator events) {
    /** Copies the settings. */
    public DeadLetterTopics {
        consumer = Map.copyOf(consumer);
        producer = Map.copyOf(producer);
    }

    Object bootstrapServers() {
        return consumer.getOrDefault("bootstrap.servers", "(none)");
    }
}
