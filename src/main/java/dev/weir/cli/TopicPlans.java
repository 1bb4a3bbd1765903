package dev.weir.cli;

import dev.weir.Gateway;
import dev.weir.GatewayTopology;
import dev.weir.config.WeirConfig;
import dev.weir.topic.ActualTopic;
import dev.weir.topic.Finding;
import dev.weir.topic.TopicAdmin;
import dev.weir.topic.TopicCheck;
import dev.weir.topic.TopicFailure;
import dev.weir.topic.TopicPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From the configuration to the plan of topics and the client that looks after them. */
final class TopicPlans {
    private static final Logger LOG = LoggerFactory.getLogger(TopicPlans.class);

    private TopicPlans() {}

    static TopicPlan plan(WeirConfig config) {
        return Gateway.topicPlan(config);
    }

    /** Ends the command unless every topic keeps its promise. */
    static void require(WeirConfig config) {
        TopicPlan plan = plan(config);
        try (TopicAdmin admin = new TopicAdmin(admin(config))) {
            List<ActualTopic> actual = admin.describe(plan);
            List<Finding> findings = findings(config, plan, actual, admin);
            if (!findings.isEmpty()) {
                String more = findings.size() == 1 ? "" : " (" + (findings.size() - 1) + " more: weir topics --check)";
                throw CliException.usage("topic " + findings.get(0).line() + more);
            }
            TopicCheck.notices(plan, actual).forEach(notice -> LOG.warn("Topic {}", notice.line()));
        } catch (TopicFailure e) {
            throw CliException.usage(String.valueOf(e.getMessage()));
        }
    }

    /** What breaks a promise, in topics and changelogs. */
    static List<Finding> findings(WeirConfig config, TopicPlan plan, List<ActualTopic> actual, TopicAdmin admin) {
        List<Finding> findings = new ArrayList<>(TopicCheck.findings(plan, actual));
        List<String> changelogs = GatewayTopology.changelogs(config.applicationId());
        findings.addAll(TopicCheck.changelogs(plan, admin.describe(changelogs)));
        return findings;
    }

    static Map<String, Object> admin(WeirConfig config) {
        Map<String, Object> settings = new HashMap<>(config.kafkaCommon());
        settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
        return settings;
    }
}
