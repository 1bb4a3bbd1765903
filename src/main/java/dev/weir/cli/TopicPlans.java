package dev.weir.cli;

import dev.weir.config.WeirConfig;
import dev.weir.topic.TopicPlan;
import dev.weir.topic.TopicSettings;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** From the configuration to the plan of topics and the client that looks after them. */
final class TopicPlans {
    private TopicPlans() {}

    static TopicPlan plan(WeirConfig config) {
        WeirConfig.Topics topics = config.topics();
        return new TopicPlan(new TopicSettings(
                topics.prefix(),
                topics.partitions(),
                topics.replicationFactor(),
                topics.asksPartitions(),
                config.retry().tiers(),
                config.requests().maxBytes(),
                config.grok().maxResponseBytes()));
    }

    static Map<String, Object> admin(WeirConfig config) {
        Map<String, Object> settings = new HashMap<>(config.kafkaCommon());
        settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
        return settings;
    }
}
