package dev.weir.cli;

import dev.weir.Gateway;
import dev.weir.config.WeirConfig;
import dev.weir.topic.TopicAdmin;
import dev.weir.topic.TopicCheck;
import dev.weir.topic.TopicPlan;
import java.util.List;

/** Looks at the cluster before anything starts, so that what is missing is one clear line. */
final class TopicChecks {
    private TopicChecks() {}

    /** Ends the command unless every topic is as planned. */
    static void require(WeirConfig config) {
        TopicPlan plan = Gateway.topicPlan(config);
        try (TopicAdmin admin = connect(config)) {
            List<String> findings = TopicCheck.findings(plan, admin.describe(plan));
            if (!findings.isEmpty()) {
                String more =
                        findings.size() == 1 ? "" : " (and " + (findings.size() - 1) + " more; see 'weir topics')";
                throw CliException.usage(findings.get(0) + more);
            }
        } catch (TopicAdmin.Unreachable e) {
            throw CliException.usage(String.valueOf(e.getMessage()));
        }
    }

    /** An admin client; an address that cannot be used is a usage error. */
    static TopicAdmin connect(WeirConfig config) {
        try {
            return TopicAdmin.connect(config.bootstrapServers(), config.kafkaCommon());
        } catch (TopicAdmin.Unreachable e) {
            throw CliException.usage(String.valueOf(e.getMessage()));
        }
    }
}
