package dev.weir.cli;

import dev.weir.Gateway;
import dev.weir.config.WeirConfig;
import dev.weir.deadletter.DeadLetterTopics;
import dev.weir.event.EventTranslator;
import dev.weir.topic.TopicPlan;
import java.util.HashMap;
import java.util.Map;

/** From the configuration to the topics of dead letters and their clients. */
final class LetterTopics {
    private LetterTopics() {}

    static DeadLetterTopics of(WeirConfig config, EventTranslator events) {
        TopicPlan plan = Gateway.topicPlan(config);
        Map<String, Object> consumer = new HashMap<>(config.kafkaCommon());
        consumer.putAll(config.kafkaConsumer());
        consumer.put("bootstrap.servers", config.bootstrapServers());
        Map<String, Object> producer = new HashMap<>(config.kafkaCommon());
        producer.putAll(config.kafkaProducer());
        producer.put("bootstrap.servers", config.bootstrapServers());
        producer.put("max.request.size", plan.maxRecordBytes());
        return new DeadLetterTopics(consumer, producer, plan.deadLetters(), plan.requests(), events);
    }
}
