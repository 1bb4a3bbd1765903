package dev.weir.cli;

import dev.weir.config.WeirConfig;
import dev.weir.topic.ActualTopic;
import dev.weir.topic.Finding;
import dev.weir.topic.PlannedTopic;
import dev.weir.topic.TopicAdmin;
import dev.weir.topic.TopicCheck;
import dev.weir.topic.TopicFailure;
import dev.weir.topic.TopicPlan;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir topics}: creates the topics that are missing and checks all. */
@Command(
        name = "topics",
        mixinStandardHelpOptions = true,
        description =
                "Creates the topics that are missing, and checks all; exit code 1 if something is wrong with one.")
final class TopicsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOptions options;

    @Option(names = "--check", description = "Only check; create nothing.")
    private boolean checkOnly;

    @SuppressWarnings("NullAway.Init") // picocli injects the spec and the mixin
    TopicsCommand() {}

    @Override
    public Integer call() {
        WeirConfig config = options.load();
        TopicPlan plan = TopicPlans.plan(config);
        try (TopicAdmin admin = new TopicAdmin(TopicPlans.admin(config))) {
            List<String> created = checkOnly ? List.of() : admin.createMissing(plan);
            List<ActualTopic> actual = admin.describe(plan);
            List<Finding> findings = TopicPlans.findings(config, plan, actual, admin);
            PrintWriter out = spec.commandLine().getOut();
            table(out, plan, actual, created, findings);
            findings.forEach(finding -> out.println(finding.line()));
            TopicCheck.notices(plan, actual).forEach(notice -> out.println("notice: " + notice.line()));
            out.flush();
            return findings.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
        } catch (TopicFailure e) {
            throw CliException.usage(String.valueOf(e.getMessage()));
        }
    }

    private static void table(
            PrintWriter out, TopicPlan plan, List<ActualTopic> actual, List<String> created, List<Finding> findings) {
        Map<String, ActualTopic> byName =
                actual.stream().collect(Collectors.toMap(ActualTopic::name, Function.identity()));
        Set<String> wrong = findings.stream().map(Finding::topic).collect(Collectors.toSet());
        List<String> names = plan.topics().stream().map(PlannedTopic::name).toList();
        int width = names.stream().mapToInt(String::length).max().orElse(0);
        String row = "%-" + width + "s  %10s  %8s  %s%n";
        out.printf(row, "TOPIC", "PARTITIONS", "REPLICAS", "STATE");
        for (String name : names) {
            ActualTopic topic = byName.get(name);
            String state = topic == null ? "missing" : wrong.contains(name) ? "wrong" : "ok";
            out.printf(
                    row,
                    name,
                    topic == null ? "-" : topic.partitions(),
                    topic == null ? "-" : topic.replication(),
                    created.contains(name) ? state + ", created" : state);
        }
    }
}
