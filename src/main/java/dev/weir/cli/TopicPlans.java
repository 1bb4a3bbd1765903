package dev.weir.cli;

import dev.weir.Gateway;
import dev.weir.config.WeirConfig;
import dev.weir.topic.Finding;
import dev.weir.topic.TopicAdmin;
import dev.weir.topic.TopicCheck;
import dev.weir.topic.TopicFailure;
import dev.weir.topic.TopicPlan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** From the configuration to the plan of topics and the client that looks after them. */
final class TopicPlans {
    private TopicPlans() {}

    static TopicPlan plan(WeirConfig config) {
        return Gateway.topicPlan(config);
    }

    /** Ends the command unless every topic is as planned. */
    static void require(WeirConfig config) {
        TopicPlan plan = plan(config);
        try (TopicAdmin admin = new TopicAdmin(admin(config))) {
            List<Finding> findings = TopicCheck.findings(plan, admin.describe(plan));
            if (!findings.isEmpty()) {
                String more = findings.size() == 1 ? "" : " (" + (findings.size() - 1) + " more: weir topics --check)";
                throw CliException.usage("topic " + findings.get(0).line() + more);
            }
        } catch (TopicFailure e) {
            throw CliException.usage(String.valueOf(e.getMessage()));
        }
    }

    static Map<String, Object> admin(WeirConfig config) {
        Map<String, Object> settings = new HashMap<>(config.kafkaCommon());
        settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
        return settings;
    }
}
