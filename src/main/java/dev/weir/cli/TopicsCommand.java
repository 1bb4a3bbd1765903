package dev.weir.cli;

import dev.weir.Gateway;
import dev.weir.config.WeirConfig;
import dev.weir.topic.PlannedTopic;
import dev.weir.topic.TopicAdmin;
import dev.weir.topic.TopicCheck;
import dev.weir.topic.TopicCheck.ActualTopic;
import dev.weir.topic.TopicPlan;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir topics}: creates the topics, or checks them. */
@Command(
        name = "topics",
        mixinStandardHelpOptions = true,
        description = "Creates the topics that are missing and checks the rest.")
final class TopicsCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Option(names = "--check", description = "Creates nothing.")
    private boolean checkOnly;

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli injects the spec
    TopicsCommand() {}

    @Override
    public Integer call() {
        WeirConfig config = options.load();
        TopicPlan plan = Gateway.topicPlan(config);
        PrintWriter out = spec.commandLine().getOut();
        try (TopicAdmin admin = TopicChecks.connect(config)) {
            List<String> created = checkOnly ? List.of() : admin.createMissing(plan);
            Map<String, ActualTopic> actual = admin.describe(plan);
            print(out, plan, created, actual);
            List<String> findings = TopicCheck.findings(plan, actual);
            findings.forEach(finding -> spec.commandLine().getErr().println("weir: " + finding));
            return findings.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
        } catch (TopicAdmin.Unreachable e) {
            throw CliException.usage(String.valueOf(e.getMessage()));
        }
    }

    private static void print(PrintWriter out, TopicPlan plan, List<String> created, Map<String, ActualTopic> actual) {
        Table table = new Table();
        for (PlannedTopic topic : plan.topics()) {
            ActualTopic is = actual.get(topic.name());
            String state = is == null
                    ? "missing"
                    : is.partitions() + " partitions, " + (created.contains(topic.name()) ? "created" : "present");
            table.row(topic.name(), state);
        }
        out.print(table.render());
        out.flush();
    }
}
